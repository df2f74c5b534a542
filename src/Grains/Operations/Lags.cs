using LStep.Grains.Customers;
using LStep.Grains.Database;

namespace LStep.Grains.Operations;

/// <summary>Figures of the whole installation, the same from every process.</summary>
/// <param name="EarliestCheck">The earliest check that is still to be made; null without any.</param>
/// <param name="EarliestWithoutDailyRow">When the earliest entry of the log was recorded that the daily rows lack; null when they lack
/// none.</param>
/// <param name="EarliestAction">When the earliest action is due that is still to be sent; null without any.</param>
public sealed record Lags(
    DateTimeOffset? EarliestCheck, long OpenReviews, DateTimeOffset? EarliestWithoutDailyRow, DateTimeOffset? EarliestAction)
{
    public static async Task<Lags> Read(PostgresDatabase database, CancellationToken cancel) =>
        (await database.Use(connection => connection.Rows("operations_lags",
            row => new Lags(row.InstantOrNull(0), row.GetInt64(1), row.InstantOrNull(2), row.InstantOrNull(3)),
            cancel, Shards.Count), cancel))[0];
}
