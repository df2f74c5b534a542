using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Domain.Rules;

/// <summary>
/// Rules that would send a customer round for ever with no event arriving: each leads on from where the one before led to, their conditions
/// can hold together, no person is asked, and none waits in its tag. The dwell of a day only slows that down.
/// </summary>
static class CycleCheck
{
    const int Told = 20;

    public static void Run(ImmutableArray<LookedAt> rules, Effort effort, Findings findings)
    {
        var edges = rules.Where(each => each.Rule is { Active: true, Automatic: true, RequiresApproval: false } && each.Regions is [_, ..])
            .ToImmutableArray();
        var told = new HashSet<string>();
        foreach (var tag in StatusTags.All)
            Follow(tag, tag, [], Region.Everybody);

        // A circle is found from the lowest of its tags, so that each is found once.
        void Follow(StatusTag start, StatusTag at, ImmutableArray<(LookedAt Rule, StatusTag From)> path, Region region)
        {
            foreach (var edge in edges)
            {
                var to = edge.Rule.To;
                if (!edge.Rule.From.Contains(at) || to < start || told.Count >= Told) continue;
                if (to != start && path.Any(step => step.From == to)) continue;
                foreach (var each in edge.Regions!.Value)
                {
                    if (!effort.Take()) return;
                    if (Waits(each) || !FitsTag(each, path.IsEmpty ? null : path[^1].From)) continue;
                    if (region.And(Lasting(each)) is not { } both || !Orders.Broken(both).IsEmpty) continue;
                    var longer = path.Add((edge, at));
                    if (to == start)
                    {
                        if (FitsFirst(longer)) Tell(longer);
                    }
                    else Follow(start, to, longer, both);
                }
            }
        }

        void Tell(ImmutableArray<(LookedAt Rule, StatusTag From)> path)
        {
            if (!told.Add(string.Join(',', path.Select(step => step.Rule.Rule.Id).Order()))) return;
            var steps = string.Join(", ", path.Select(
                step => $"'{step.Rule.Rule.Name}' from {step.From.Code()} to {step.Rule.Rule.To.Code()}"));
            findings.Fail(
                path[^1].Rule.Place, "cycle",
                $"A customer can meet all of these at once and would go round for ever: {steps}. Make their conditions exclude each other, "
                    + "add days_in_status to one of them, or let a person approve one.");
        }
    }

    /// <summary>It leaves the tag only after a time in it, which a loop would spend there.</summary>
    static bool Waits(Region region) =>
        region.Subjects.TryGetValue(Metrics.Name(Metric.DaysInStatus), out var days)
        && ((Allowed.Numbers)days).Set.Parts is [var first, ..] && first.Low >= 1;

    /// <summary>The tag before is known on the way round.</summary>
    static bool FitsTag(Region region, StatusTag? before) =>
        before is not { } tag || !region.Subjects.TryGetValue(Metrics.Name(Metric.PreviousTag), out var allowed)
        || ((Allowed.Texts)allowed).Named.Contains(tag.Code());

    static bool FitsFirst(ImmutableArray<(LookedAt Rule, StatusTag From)> path) =>
        path[0].Rule.Regions!.Value.Any(region => !Waits(region) && FitsTag(region, path[^1].From));

    /// <summary>What a move itself changes is not the customer's own.</summary>
    static Region Lasting(Region region) =>
        region.Without(Metrics.Name(Metric.DaysInStatus)).Without(Metrics.Name(Metric.PreviousTag));
}
