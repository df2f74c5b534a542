using LStep.Grains.Customers;

namespace LStep.Grains.Time;

/// <summary>The record of evaluation runs: who did what of which shard, so that a crash resumes and two processes share.</summary>
public interface IBatches
{
    /// <summary>
    /// The last midnight whose daily batch is over for these shards; before the first one the instant of the first start.
    /// </summary>
    Task<DateTimeOffset> Settled(ShardRange shards, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Opens a batch unless it is open or over already.</summary>
    Task Open(string id, string scope, DateTimeOffset dueAt, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Batches asked for by people that are not over, with the instant they look at.</summary>
    Task<List<(string Id, DateTimeOffset DueAt)>> Unfinished(CancellationToken cancel);

    /// <summary>
    /// Hands the next page of the batch to the caller and records what came of it. False when nothing is left that nobody else works on.
    /// A crash in between leaves the page undone: it is handed out again, and who moved already does not move twice.
    /// </summary>
    Task<bool> TakePage(
        string id, DateTimeOffset dueAt, ShardRange shards, DateTimeOffset now,
        Func<IReadOnlyList<StoredCustomer>, Task<PageResult>> evaluate, CancellationToken cancel);

    /// <summary>Waits until nobody else works on these shards of a batch; true when something of them is left to do.</summary>
    Task<bool> WaitForOthers(string id, ShardRange shards, CancellationToken cancel);
}
