using LStep.Api.Http;
using LStep.Grains.Customers;
using LStep.Grains.Time;

namespace LStep.Workbench.Simulation;

/// <summary>The record of evaluation runs in memory: a shard that is being worked on is passed over by everybody else.</summary>
internal sealed class MemoryBatches(IReadOnlyCollection<MemoryCustomer> customers) : IBatches
{
    private readonly List<Batch> opened = [];
    private DateTimeOffset? installedAt;

    public Task<DateTimeOffset> Settled(ShardRange shards, DateTimeOffset now, CancellationToken cancel) => Task.FromResult(
        opened.Where(batch => batch.Scope == Batches.Daily && batch.Of(shards).All(shard => shard.IsFinished))
            .Max(batch => (DateTimeOffset?)batch.DueAt)
            ?? (installedAt ??= now));

    public Task Open(string id, string scope, DateTimeOffset dueAt, DateTimeOffset now, CancellationToken cancel)
    {
        if (!opened.Exists(batch => batch.Id == id)) opened.Add(new Batch(id, scope, dueAt, now));
        return Task.CompletedTask;
    }

    public Task<List<(string Id, DateTimeOffset DueAt)>> Unfinished(CancellationToken cancel) => Task.FromResult(
        opened.Where(batch => batch.Scope != Batches.Daily && batch.Of(ShardRange.All).Any(shard => !shard.IsFinished))
            .OrderBy(batch => batch.StartedAt)
            .Select(batch => (batch.Id, batch.DueAt)).ToList());

    public async Task<bool> TakePage(
        string id, DateTimeOffset dueAt, ShardRange shards, DateTimeOffset now,
        Func<IReadOnlyList<StoredCustomer>, Task<PageResult>> evaluate, CancellationToken cancel)
    {
        var claimed = opened.Find(batch => batch.Id == id)?.Of(shards).Where(shard => shard is { IsFinished: false, IsClaimed: false })
            .ToList() ?? [];
        if (claimed.Count == 0) return false;
        var perShard = Math.Max(1, TimeLimits.CustomersPerBatchPageMax / claimed.Count);
        foreach (var shard in claimed) shard.IsClaimed = true;
        try
        {
            var pages = claimed.ConvertAll(shard => customers
                .Where(customer => customer.Shard == shard.Number && customer.CreatedAt <= dueAt
                    && string.CompareOrdinal(customer.Id, shard.Cursor) > 0)
                .Take(perShard).Select(customer => customer.Read(withRecent: false)).ToList());
            await evaluate([.. pages.SelectMany(page => page)]);
            foreach (var (shard, page) in claimed.Zip(pages))
            {
                if (page.Count > 0) shard.Cursor = page[^1].Id;
                shard.IsFinished = page.Count < perShard;
            }
            return true;
        }
        finally
        {
            foreach (var shard in claimed) shard.IsClaimed = false;
        }
    }

    public Task<bool> WaitForOthers(string id, ShardRange shards, CancellationToken cancel) =>
        throw new NotSupportedException("Only a simulated clock waits, and this one goes on by itself.");

    private sealed class Shard(short number)
    {
        public short Number { get; } = number;
        public string Cursor { get; set; } = "";
        public bool IsFinished { get; set; }
        public bool IsClaimed { get; set; }
    }

    private sealed class Batch(string id, string scope, DateTimeOffset dueAt, DateTimeOffset startedAt)
    {
        private readonly Shard[] shards = [.. Enumerable.Range(0, Shards.Count).Select(number => new Shard((short)number))];

        public string Id { get; } = id;
        public string Scope { get; } = scope;
        public DateTimeOffset DueAt { get; } = dueAt;
        public DateTimeOffset StartedAt { get; } = startedAt;

        public IEnumerable<Shard> Of(ShardRange range) => shards.Where(shard => shard.Number >= range.First && shard.Number <= range.Last);
    }
}
