
namespace LStep.Grains.Storage;

/// <summary>A part of the population, first and last included.</summary>
public readonly record struct ShardRange(short First, short Last)
{
    public static ShardRange All { get; } = new(0, Shards.Count - 1);

    public static ShardRange One(long shard) => new((short)shard, (short)shard);
}

/// <summary>Who is due, by the stored lower bound of everybody's next check.</summary>
public sealed class Checks(Database database)
{
    /// <summary>The earliest due, at most a page of them.</summary>
    public Task<List<StoredCustomer>> Due(ShardRange shards, DateTimeOffset upTo, CancellationToken cancel) =>
        database.Use(connection => connection.Rows(
            "checks_due", StoredCustomer.Read, cancel, shards.First, shards.Last, upTo, StorageLimits.CustomersPerDuePageMax), cancel);

    /// <summary>Moves stored checks on, of those who are still at the version they were read at. Null: never.</summary>
    public Task MoveOn(IReadOnlyCollection<(StoredCustomer Customer, DateTimeOffset? Next)> found, CancellationToken cancel) =>
        found.Count == 0 ? Task.CompletedTask : database.Use(connection => connection.Execute(
            "checks_move_on", cancel,
            found.Select(f => f.Customer.Id).ToArray(),
            found.Select(f => f.Customer.State.Version).ToArray(),
            Db.Instants(found.Select(f => f.Next))), cancel);
}
