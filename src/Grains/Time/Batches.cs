using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.People;

namespace LStep.Grains.Time;

public sealed class Batches(PostgresDatabase database) : IBatches
{
    public const string Daily = "daily";

    public async Task<DateTimeOffset> Settled(ShardRange shards, DateTimeOffset now, CancellationToken cancel) =>
        await database.InBackground(
            async c => (await c.Rows("batch_settled", row => row.InstantOrNull(0), cancel, shards.First, shards.Last))[0], cancel)
            ?? await new Settings(database).InstalledAt(now, cancel);

    public Task Open(string id, string scope, DateTimeOffset dueAt, DateTimeOffset now, CancellationToken cancel) =>
        database.People.Use(c => c.Execute("batch_open", cancel, id, scope, dueAt, now, Shards.Count), cancel);

    /// <summary>Opens one in place of those of the given kinds that are not over.</summary>
    public Task Replace(
        IReadOnlyList<string> kinds, string id, string scope, DateTimeOffset dueAt, DateTimeOffset now, CancellationToken cancel) =>
        database.Use(async c =>
        {
            await c.Execute("batch_supersede", cancel, now, kinds.ToArray());
            return await c.Execute("batch_open", cancel, id, scope, dueAt, now, Shards.Count);
        }, cancel);

    /// <summary>As a person asked for it, over everybody as of now.</summary>
    public Task OpenFor(Person by, string id, string scope, DateTimeOffset now, CancellationToken cancel) =>
        database.Transaction(async c =>
        {
            await c.Write(new AuditEntry(by, "evaluation.requested", id, After: new { scope }), cancel);
            return await c.Execute("batch_open", cancel, id, scope, now, now, Shards.Count);
        }, cancel);

    public Task<List<(string Id, DateTimeOffset DueAt)>> Unfinished(CancellationToken cancel) =>
        database.InBackground(c => c.Rows("batch_unfinished", row => (row.GetString(0), row.Instant(1)), cancel), cancel);

    /// <summary>As <see cref="Unfinished"/>, for somebody who waits: not behind the work itself.</summary>
    public Task<List<(string Id, DateTimeOffset DueAt)>> UnfinishedForAsker(CancellationToken cancel) =>
        database.People.Use(c => c.Rows("batch_unfinished", row => (row.GetString(0), row.Instant(1)), cancel), cancel);

    public Task<bool> TakePage(
        string id, DateTimeOffset dueAt, ShardRange shards, DateTimeOffset now,
        Func<IReadOnlyList<StoredCustomer>, Task<PageResult>> evaluate, CancellationToken cancel) =>
        database.InBackground(async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var claimed = await connection.Rows(
                "batch_claim", row => (Shard: row.GetInt16(0), Cursor: row.GetString(1)), cancel, id, shards.First, shards.Last);
            if (claimed.Count == 0)
            {
                // Two who finish the last two shards in the same moment do not see each other: who comes next closes the batch.
                await connection.Execute("batch_finish", cancel, id, now);
                await transaction.CommitAsync(cancel);
                return false;
            }

            var perShard = Math.Max(1, TimeLimits.CustomersPerBatchPageMax / claimed.Count);
            var page = await connection.Rows(
                "batch_page", row => (Customer: StoredCustomer.Read(row), Shard: row.GetInt16(19)), cancel,
                claimed.Select(c => c.Shard).ToArray(), claimed.Select(c => c.Cursor).ToArray(), dueAt, perShard,
                CustomerLimits.BytesPerCustomerMax, TimeLimits.BytesPerPageMax);
            // Of a page that its bytes ended nobody knows which shards it has whole: the next ones tell.
            var isCut = StoredCustomer.Fill(page.Select(p => p.Customer), TimeLimits.BytesPerPageMax);
            var result = await evaluate([.. page.Select(p => p.Customer)]);

            var byShard = page.ToLookup(p => p.Shard, p => p.Customer.Id);
            await connection.Execute(
                "batch_progress", cancel, id,
                claimed.Select(c => c.Shard).ToArray(),
                claimed.Select(c => byShard[c.Shard].LastOrDefault() ?? c.Cursor).ToArray(),
                claimed.Select(c => byShard[c.Shard].Count()).ToArray(),
                claimed.Select(c => byShard[c.Shard].Sum(customer => result.Errors.GetValueOrDefault(customer))).ToArray(),
                claimed.Select(c => byShard[c.Shard].Sum(customer => result.Reviews.GetValueOrDefault(customer))).ToArray(),
                now,
                claimed.Select(c => !isCut && byShard[c.Shard].Count() < perShard).ToArray());
            await connection.Execute("batch_finish", cancel, id, now);
            await transaction.CommitAsync(cancel);
            return true;
        }, cancel);

    public async Task<bool> WaitForOthers(string id, ShardRange shards, CancellationToken cancel) =>
        await database.InBackground(c => c.Value<long>("batch_wait", cancel, id, shards.First, shards.Last), cancel) > 0;
}

/// <param name="Errors">By customer: 1 where the evaluation failed.</param>
/// <param name="Reviews">By customer: reviews opened.</param>
public sealed record PageResult(IReadOnlyDictionary<string, int> Errors, IReadOnlyDictionary<string, int> Reviews);
