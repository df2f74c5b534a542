using System.Collections.Immutable;
using System.Globalization;

namespace LStep.Domain.Recommending;

/// <summary>How the alarms of a rule turned out: moves to ST_004 and reviews that asked for one, each known by now.</summary>
/// <param name="Cases">Decided by people, or of learners who got no message in the days after it.</param>
/// <param name="Refused">Of them, rejected, undone or overridden by people.</param>
/// <param name="CameBack">Of them, those after which the learner came back within the days, without anybody's doing.</param>
public sealed record AlarmCases(int RuleId, long Cases, long Refused, long CameBack)
{
    public long Wrong => Refused + CameBack;
}

/// <summary>Rules whose alarms are wrong more often than right, beyond chance over all rules together.</summary>
public static class FalseAlarms
{
    public const int CasesMin = 30;

    /// <summary>A learner who comes back within so many days without contact needed none.</summary>
    public const int ReturnDays = 7;

    /// <summary>How far back alarms are looked at.</summary>
    public const int SinceDays = 180;

    const double OftenAbove = 0.5;

    public static ImmutableArray<Recommendation> Of(IReadOnlyList<AlarmCases> cases, RuleSet set)
    {
        var known = cases.Where(one => one.Cases >= CasesMin && set.Rules.Any(rule => rule.Id == one.RuleId && rule.Active)).ToList();
        return
        [
            .. known.Where(one => Chance.AtLeast(one.Wrong, one.Cases, OftenAbove) < Chance.Alpha / known.Count)
                .OrderByDescending(one => (double)one.Wrong / one.Cases).ThenBy(one => one.RuleId).Select(one => Told(one, set)),
        ];
    }

    static Recommendation Told(AlarmCases one, RuleSet set)
    {
        var rule = set.Rules.First(each => each.Id == one.RuleId);
        // Whoever decides by hand already is not helped by more of it.
        var isDecided = rule.RequiresApproval || !rule.Automatic;
        var tried = isDecided ? rule with { Active = false } : rule with { RequiresApproval = true };
        var share = Chance.Share("wrong_share", one.Wrong, one.Cases);
        return new Recommendation(
            RecommendationKind.FalseAlarms, $"rule:{one.RuleId.ToString(CultureInfo.InvariantCulture)}",
            $"The alarms of rule {rule.Id}, “{rule.Name}”, are mostly false",
            $"Of {one.Cases} alarms whose outcome is known, {one.Wrong} were false: {one.Refused} were refused or taken back by people, "
            + $"and after {one.CameBack} the learner came back within {ReturnDays} days without any contact. "
            + (isDecided ? "Try the rules without it." : "Try the rules with this one asking for a review first."),
            Recommendation.Named(
                ("action", isDecided ? "switch_off" : "require_approval"), ("days", $"{ReturnDays}"), ("rule", rule.Name),
                ("ruleId", rule.Id.ToString(CultureInfo.InvariantCulture))),
            [share, new("cases", one.Cases), new("refused", one.Refused), new("came_back", one.CameBack)],
            $"/rules?rule={rule.Id.ToString(CultureInfo.InvariantCulture)}",
            [.. set.Rules.Select(each => each.Id == rule.Id ? tried : each)]);
    }
}
