using LStep.Domain.Analysing;
using LStep.Grains.Database;

namespace LStep.Grains.Analytics;

/// <param name="Week">The business week's Monday.</param>
/// <param name="Tag">Null where it says nothing.</param>
/// <param name="Sum">Of NPS answers promoters less detractors, of revenue hundredths; else as Count.</param>
public sealed record WeeklyRow(DateOnly Week, string Measure, StatusTag? Tag, long Sum, long Count);

public sealed record WeeklyFigures(AnalyticsFrame Frame, IReadOnlyList<WeeklyRow> Rows);

/// <summary>What is counted by week.</summary>
public sealed class WeeklyReads(AnalyticsSnapshots snapshots)
{
    public Task<WeeklyFigures> Of(DayRange range, CancellationToken cancel) => snapshots.Read(
        range, async (connection, frame) => new WeeklyFigures(frame, await connection.Rows(
            "weekly_rows",
            row => new WeeklyRow(
                row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetString(2) is { Length: > 0 } tag ? StatusTags.Parse(tag) : null,
                row.GetInt64(3), row.GetInt64(4)),
            cancel, range.From, range.To)), cancel);
}
