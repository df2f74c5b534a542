using LStep.Domain;
using LStep.Domain.Analysing;
using LStep.Domain.Measuring;
using LStep.Grains.Database;

namespace LStep.Grains.Analytics;

/// <param name="Tier">Null for customers without one.</param>
public sealed record MatrixCount(Tier? Tier, StatusTag Tag, long Customers);

/// <param name="Counts">Of what has customers; the rest is 0.</param>
public sealed record MatrixFigures(AnalyticsFrame Frame, IReadOnlyList<MatrixCount> Counts);

/// <summary>Customers by product and tag as of now, from the same tables as every other figure.</summary>
public sealed class MatrixReads(AnalyticsSnapshots snapshots)
{
    public Task<MatrixFigures> Of(DateOnly today, CancellationToken cancel) => snapshots.Read(
        new DayRange(today, today), async (connection, frame) => new MatrixFigures(frame, await connection.Rows(
            "analytics_matrix",
            row => new MatrixCount(Tiers.Parse(row.GetString(0)), StatusTags.Parse(row.GetString(1)), row.GetInt64(2)), cancel,
            frame.Today)), cancel);
}
