using LStep.Grains.Customers;

namespace LStep.Grains.Time;

/// <summary>Who is due, by the stored lower bound of everybody's next check.</summary>
public interface IChecks
{
    /// <summary>
    /// The earliest due, at most a page of them; without their recent message ids. Those that cannot be read are among them.
    /// </summary>
    Task<List<StoredCustomer>> Due(ShardRange shards, DateTimeOffset upTo, CancellationToken cancel);

    /// <summary>Moves stored checks on, of those who are still at the version they were read at. Null: never.</summary>
    Task MoveOn(IReadOnlyCollection<(StoredCustomer Customer, DateTimeOffset? Next)> found, CancellationToken cancel);
}
