using System.Collections.Immutable;
using System.Globalization;
using LStep.Domain.Deciding;

namespace LStep.Domain.Recommending;

/// <summary>
/// Chooses thresholds on one half of the learners and judges the choice on the other, who had no part in it: what was only luck on the
/// first half does not come again on the second.
/// </summary>
public static class ThresholdSearch
{
    /// <summary>Of learners who fell silent; with fewer in a half nothing is chosen.</summary>
    public const int SilentMin = 20;

    /// <summary>At least so many more of those who fell silent, as a share of them: less is not worth a change of the rules.</summary>
    const double GainMin = 0.05;

    /// <summary>Pairs of a change that finds more and one that raises fewer alarms, the most promising of each.</summary>
    public static ImmutableArray<ThresholdTrial> Pairs(
        ImmutableArray<Rule> rules, IReadOnlyList<(ThresholdTrial Trial, ThresholdSums Sums)> singles, ThresholdSums live)
    {
        var more = singles.Where(one => one.Sums.Found > live.Found)
            .OrderByDescending(one => (double)(one.Sums.Found - live.Found) / Math.Max(1, one.Sums.Alarms - live.Alarms)).Take(2).ToList();
        var fewer = singles.Where(one => one.Sums.Alarms < live.Alarms)
            .OrderByDescending(one => (double)(live.Alarms - one.Sums.Alarms) / Math.Max(1, live.Found - one.Sums.Found)).Take(2).ToList();
        return
        [
            .. more.SelectMany(one => fewer.Where(other => !Alike(one.Trial.Changes[0], other.Trial.Changes[0]))
                .Select(other => ThresholdTrial.Together(rules, one.Trial, other.Trial))).Take(ThresholdTrial.PairsMax),
        ];
    }

    /// <summary>The one that finds most at no more alarms; null where none finds more.</summary>
    public static ThresholdTrial? Best(IReadOnlyList<(ThresholdTrial Trial, ThresholdSums Sums)> trials, ThresholdSums live) =>
        live.Silent < SilentMin ? null
            : trials.Where(one => one.Sums.Alarms <= live.Alarms && one.Sums.Found > live.Found)
                .OrderByDescending(one => one.Sums.Found).ThenBy(one => one.Sums.Alarms).ThenBy(one => one.Trial.Changes.Length)
                .Select(one => one.Trial).FirstOrDefault();

    /// <summary>Null unless the choice holds on learners who had no part in it.</summary>
    /// <param name="live">Learners of the second half under the rules in force.</param>
    /// <param name="tried">The same under the chosen ones.</param>
    public static Recommendation? Judge(
        ThresholdTrial chosen, IReadOnlyList<LearnerOutcome> live, IReadOnlyList<LearnerOutcome> tried, DateTimeOffset from,
        DateTimeOffset to)
    {
        var (now, then) = (ThresholdSums.Of(live), ThresholdSums.Of(tried));
        if (now.Silent < SilentMin || then.Alarms > now.Alarms) return null;
        var (won, lost) = (0, 0);
        foreach (var (one, other) in live.Zip(tried))
            if (other.IsFound && !one.IsFound) won++;
            else if (one.IsFound && !other.IsFound) lost++;
        // McNemar's test, exact: of the learners who differ, a half would by chance.
        return won - lost < GainMin * now.Silent || Chance.AtLeast(won, won + lost, 0.5) >= Chance.Alpha
            ? null : Told(chosen, now, then, from, to);
    }

    static Recommendation Told(ThresholdTrial chosen, ThresholdSums now, ThresholdSums then, DateTimeOffset from, DateTimeOffset to)
    {
        var changes = string.Join("; ", chosen.Changes.Select(change => change.Text));
        var (found, before) = (
            Chance.Share("found_share", then.Found, now.Silent), Chance.Share("found_share_now", now.Found, now.Silent));
        var ids = string.Join(',', chosen.Changes.Select(change => change.RuleId).Distinct().Order());
        return new Recommendation(
            RecommendationKind.Threshold, $"rules:{ids}", "Other thresholds would find more learners who fall silent",
            $"With {changes}, {then.Found} of {now.Silent} learners who fell silent would have been found within "
            + $"{LearnerOutcome.FoundWithinDays} days of their last activity, instead of {now.Found}, with {then.Alarms} alarms instead of "
            + $"{now.Alarms}. The thresholds were chosen on other learners than these figures are of.",
            Recommendation.Named(
                [
                    ("changes", changes), ("days", $"{LearnerOutcome.FoundWithinDays}"), ("from", Instant(from)), ("to", Instant(to)),
                    .. chosen.Changes.SelectMany(Parameters),
                ]),
            [
                found, before, new("silent", now.Silent), new("alarms", then.Alarms), new("alarms_now", now.Alarms),
                new("false_alarms", then.FalseAlarms), new("false_alarms_now", now.FalseAlarms), new("learners", now.Learners),
            ],
            $"/rules?rule={chosen.Changes[0].RuleId.ToString(CultureInfo.InvariantCulture)}", chosen.Rules);
    }

    static IEnumerable<(string, string)> Parameters(ThresholdChange change, int at) =>
    [
        ($"rule{at + 1}", $"{change.RuleId}"), ($"ruleName{at + 1}", change.Rule), ($"metric{at + 1}", change.Metric),
        ($"operator{at + 1}", change.Operator.Name()), ($"was{at + 1}", change.From.ToString(CultureInfo.InvariantCulture)),
        ($"becomes{at + 1}", change.To.ToString(CultureInfo.InvariantCulture)),
    ];

    static bool Alike(ThresholdChange one, ThresholdChange other) =>
        one.RuleId == other.RuleId && one.Metric == other.Metric && one.Operator == other.Operator;

    static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
