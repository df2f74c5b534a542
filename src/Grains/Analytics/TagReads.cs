using LStep.Domain.Analysing;
using LStep.Grains.Database;

namespace LStep.Grains.Analytics;

/// <param name="Tags">From the first day of the range before up to the last of the range that has begun.</param>
public sealed record OverviewFigures(AnalyticsFrame Frame, TagDays Tags, KpiSeries Recovery);

/// <param name="Tags">From the range's first day, or today, up to today.</param>
public sealed record DistributionFigures(AnalyticsFrame Frame, TagDays Tags);

public sealed record FlowRow(StatusTag From, StatusTag To, long Count, long Previous);

public sealed record FlowFigures(AnalyticsFrame Frame, IReadOnlyList<FlowRow> Rows);

/// <summary>Where customers stand, and how they came there.</summary>
public sealed class TagReads(AnalyticsSnapshots snapshots)
{
    public Task<OverviewFigures> Overview(DayRange range, CancellationToken cancel) => snapshots.Read(
        range, async (connection, frame) =>
        {
            var needed = KpiFigures.Needed(range, frame.Today);
            var counts = await connection.Sums([Measure.RecoveryMade, Measure.RecoveryDue], needed, cancel);
            return new OverviewFigures(
                frame, await connection.Tags(needed, cancel), new KpiDays(needed, [], [], counts).Of(KpiKind.RecoveryRate));
        }, cancel);

    public Task<DistributionFigures> Distribution(DayRange range, CancellationToken cancel) => snapshots.Read(
        range, async (connection, frame) => new DistributionFigures(
            frame, await connection.Tags(new DayRange(frame.Today < range.From ? frame.Today : range.From, frame.Today), cancel)), cancel);

    public Task<FlowFigures> Flow(DayRange range, CancellationToken cancel) => snapshots.Read(
        range, async (connection, frame) => new FlowFigures(frame, await connection.Rows(
            "analytics_flow",
            row => new FlowRow(
                StatusTags.Parse(row.GetString(0)), StatusTags.Parse(row.GetString(1)), row.LongOrNull(2) ?? 0, row.LongOrNull(3) ?? 0),
            cancel, range.Previous.From, range.From, range.To)), cancel);
}
