using LStep.Domain.Analysing;
using LStep.Grains.Database;

namespace LStep.Grains.Analytics;

public sealed record CohortFigures(AnalyticsFrame Frame, IReadOnlyList<Cohort> Cohorts);

/// <summary>What became of those who started in the same months.</summary>
public sealed class CohortReads(AnalyticsSnapshots snapshots)
{
    /// <param name="by">month, tier or engagement.</param>
    public Task<CohortFigures> Of(string by, DayRange range, CancellationToken cancel) => snapshots.Read(
        range, async (connection, frame) =>
        {
            var moves = await connection.Rows(
                "analytics_cohorts",
                row => new CohortMove(
                    row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetInt32(2), DayRows.TagOrNull(row, 3),
                    StatusTags.Parse(row.GetString(4)), row.GetInt64(5)),
                cancel, new DateOnly(range.From.Year, range.From.Month, 1), range.To, by);
            return new CohortFigures(frame, CohortTable.Of(moves, new DateOnly(frame.Today.Year, frame.Today.Month, 1)));
        }, cancel);
}
