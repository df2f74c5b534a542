using LStep.Domain.Analysing;
using LStep.Grains.Database;
using LStep.Grains.Rules;

namespace LStep.Grains.Analytics;

/// <param name="Open">As of now; <paramref name="OpenSince"/> counts those opened after now less each of <see cref="AgeHours"/>.</param>
public sealed record OpenReviews(long Open, DateTimeOffset? Oldest, IReadOnlyList<long> OpenSince)
{
    /// <summary>As long as nobody worries, the two alerts, and the longest that any review is left undecided.</summary>
    public static IReadOnlyList<int> AgeHours { get; } = [4, 24, 72, 336];
}

public sealed record CampaignResult(string Campaign, long Actions, long Sent, long Failed, long Suppressed);

/// <param name="Moves">By how they came about, in the range and the one before.</param>
/// <param name="Counts">Of each measure, in the range.</param>
/// <param name="Decided">From opening to a person's decision; null where nobody decided.</param>
public sealed record AutomationFigures(
    AnalyticsFrame Frame, IReadOnlyDictionary<TransitionKind, DaySeries> Moves, IReadOnlyDictionary<Measure, DaySeries> Counts,
    (int Lower, int Upper)? DecidedMinutes, OpenReviews Reviews, IReadOnlyList<CampaignResult> Campaigns)
{
    public long Of(TransitionKind kind, DayRange range) => Moves.TryGetValue(kind, out var series) ? series.Sum(range) : 0;

    public long Of(Measure measure, DayRange range) => Counts.TryGetValue(measure, out var series) ? series.Sum(range) : 0;

    public long AllMoves(DayRange range) => Moves.Values.Sum(series => series.Sum(range));
}

/// <summary>What goes by itself, what people decide, and what campaigns did.</summary>
public sealed class AutomationReads(AnalyticsSnapshots snapshots, RulebookSource rulebook)
{
    private static readonly Measure[] Counted =
    [
        Measure.Automatic, Measure.AutomaticWrong, Measure.Undone, Measure.ReviewOpened, Measure.ReviewApproved, Measure.ReviewRejected,
        Measure.ReviewExpired, Measure.ReviewSuperseded, Measure.ReviewWithdrawn,
    ];

    public Task<AutomationFigures> Of(DayRange range, CancellationToken cancel) => snapshots.Read(
        range, async (connection, frame) =>
        {
            var both = new DayRange(range.Previous.From, range.To);
            var moves = await connection.Rows(
                "analytics_flow_kinds",
                row => (Day: row.GetFieldValue<DateOnly>(0), Kind: (TransitionKind)row.GetInt32(1), Count: row.GetInt64(2)), cancel,
                both.From, both.To);
            var counts = await connection.Sums(Counted, range, cancel);
            var decided = await connection.Medians([Measure.ReviewApproved, Measure.ReviewRejected], [range], cancel);
            var since = OpenReviews.AgeHours.Select(hours => (object)frame.AsOf.AddHours(-hours)).ToArray();
            var open = await connection.Rows(
                "analytics_reviews_open",
                row => new OpenReviews(
                    row.GetInt64(0), row.InstantOrNull(1), [row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)]),
                cancel, since);
            var calendar = rulebook.Current.Calendar;
            var campaigns = await connection.Rows(
                "analytics_campaigns",
                row => new CampaignResult(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)), cancel,
                calendar.StartOf(range.From), calendar.StartOf(range.To.AddDays(1)));
            return new AutomationFigures(
                frame,
                moves.GroupBy(one => one.Kind).ToDictionary(
                    one => one.Key, one => DaySeries.Of(both, one.Select(each => (each.Day, each.Count)))),
                counts.GroupBy(one => one.Measure).ToDictionary(
                    one => one.Key, one => DaySeries.Of(range, one.Select(each => (each.Day, each.Count)))),
                decided.TryGetValue(range, out var median) ? (median.Lower, median.Upper) : null, open[0], campaigns);
        }, cancel);
}
