using System.Collections.Immutable;
using LStep.Domain.Deciding;

namespace LStep.Domain.Rules;

/// <summary>
/// Rules that can never win: whoever meets them meets another that comes first, and nothing holds that one and not the late one.
/// </summary>
static class ShadowCheck
{
    public static void Run(ImmutableArray<LookedAt> rules, Effort effort, Findings findings)
    {
        var active = rules.Where(each => each.Rule.Active).ToImmutableArray();
        foreach (var late in active)
        {
            if (late.Regions is not [_, ..] regions) continue;
            var shadowed = new List<(StatusTag Tag, LookedAt First)>();
            foreach (var tag in late.Rule.From)
                if (First(active, late, regions, tag, effort) is { } first) shadowed.Add((tag, first));
            if (effort.IsSpent) return;
            if (shadowed.Count == 0) continue;
            var others = string.Join(
                " and ", shadowed.Select(each => each.First.Rule).DistinctBy(rule => rule.Id).Select(
                    rule => $"'{rule.Name}' (priority {rule.Priority})"));
            if (shadowed.Count < late.Rule.From.Length)
                findings.Warn(
                    $"{late.Place}.from", "shadowed_in_part",
                    $"From {string.Join(", ", shadowed.Select(each => each.Tag.Code()))} this rule never wins: whoever meets it meets "
                        + $"{others}, which comes first.");
            else
                findings.Fail(
                    late.Place, "never_wins",
                    $"This rule (priority {late.Rule.Priority}) never wins: whoever meets it meets {others}, which comes first."
                        + (shadowed.All(each => each.First.Rule.To == late.Rule.To) ? ""
                            : " Only where a person has refused that move would it be seen, for 14 days."));
        }
    }

    /// <summary>A rule before it for each of its alternatives; one of them to be named.</summary>
    static LookedAt? First(
        ImmutableArray<LookedAt> active, LookedAt late, ImmutableArray<Region> regions, StatusTag tag, Effort effort)
    {
        LookedAt? named = null;
        foreach (var region in regions)
        {
            LookedAt? found = null;
            foreach (var early in active)
                if (IsBefore(early.Rule, late.Rule, tag) && early.Regions is { } theirs && Covers(theirs, region, effort))
                {
                    found = early;
                    break;
                }
            if (found is null) return null;
            named ??= found;
        }
        return named;
    }

    static bool Covers(ImmutableArray<Region> regions, Region region, Effort effort)
    {
        foreach (var other in regions)
            if (effort.Take() && region.IsWithin(other)) return true;
        return false;
    }

    /// <summary>
    /// Wins wherever both are met. Not so where the early one may be held alone: by the usual rhythm, by the dwell and a person's tag
    /// (which let pass what leads to ST_006) and by too few days observed (which hold just that).
    /// </summary>
    static bool IsBefore(Rule early, Rule late, StatusTag tag) =>
        early.Priority < late.Priority && early.From.Contains(tag) && (!early.UsualRhythm || late.UsualRhythm)
        && (early.To == StatusTag.Churned) == (late.To == StatusTag.Churned);
}
