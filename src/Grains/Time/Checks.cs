using LStep.Grains.Customers;
using LStep.Grains.Database;

namespace LStep.Grains.Time;

/// <summary>A part of the population, first and last included.</summary>
public readonly record struct ShardRange(short First, short Last)
{
    public static ShardRange All { get; } = new(0, Shards.Count - 1);

    public static ShardRange One(long shard) => new((short)shard, (short)shard);
}

public sealed class Checks(PostgresDatabase database) : IChecks
{
    public Task<List<StoredCustomer>> Due(ShardRange shards, DateTimeOffset upTo, CancellationToken cancel) =>
        database.InBackground(connection => connection.Rows(
            "checks_due", StoredCustomer.Read, cancel, shards.First, shards.Last, upTo, TimeLimits.CustomersPerDuePageMax,
            CustomerLimits.BytesPerCustomerMax, TimeLimits.BytesPerPageMax), cancel);

    public Task MoveOn(IReadOnlyCollection<(StoredCustomer Customer, DateTimeOffset? Next)> found, CancellationToken cancel) =>
        found.Count == 0 ? Task.CompletedTask
            : database.InBackground(connection => CustomerStore.MoveChecksOn(connection, found, cancel), cancel);
}
