using LStep.Grains.Customers;
using LStep.Grains.Database;

namespace LStep.Grains.Operations;

/// <summary>Somebody who follows the log, the ledger or the clock.</summary>
/// <param name="Waiting">
/// How much it has not taken in, at most <see cref="OperationsLimits.WaitingMax"/> where that is counted; null where it is not known.
/// </param>
/// <param name="Since">When the earliest of it came; null when there is none.</param>
public sealed record Follower(string Name, long? Waiting, DateTimeOffset? Since)
{
    /// <param name="now">By the product's clock.</param>
    public static Task<List<Follower>> Read(PostgresDatabase database, DateTimeOffset now, CancellationToken cancel) =>
        database.People.Use(
            connection => connection.Rows(
                "operations_followers",
                row => new Follower(row.GetString(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.InstantOrNull(2)), cancel, now,
                Shards.Count, OperationsLimits.WaitingMax), cancel);
}
