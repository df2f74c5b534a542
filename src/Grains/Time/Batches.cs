using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.People;
using LStep.Grains.Privacy;
using Npgsql;

namespace LStep.Grains.Time;

public sealed class Batches(PostgresDatabase database, Tombstones? tombstones = null) : IBatches
{
    public const string Daily = "daily";

    private readonly Tombstones tombstones = tombstones ?? new Tombstones(database);

    public async Task<DateTimeOffset> Settled(ShardRange shards, DateTimeOffset now, CancellationToken cancel) =>
        await database.InBackground(
            async c => (await c.Rows("batch_settled", row => row.InstantOrNull(0), cancel, shards.First, shards.Last))[0], cancel)
            ?? await new Settings(database).InstalledAt(now, cancel);

    public Task Open(string id, string scope, DateTimeOffset dueAt, DateTimeOffset now, CancellationToken cancel) =>
        database.People.Use(async c =>
        {
            await c.Execute("batch_errors_purge", cancel, now.AddDays(-TimeLimits.BatchErrorsDaysKept));
            return await c.Execute("batch_open", cancel, id, scope, dueAt, now, Shards.Count);
        }, cancel);

    /// <summary>Opens one in place of those of the given kinds that are not over.</summary>
    public Task Replace(
        IReadOnlyList<string> kinds, string id, string scope, DateTimeOffset dueAt, DateTimeOffset now, CancellationToken cancel) =>
        database.Use(async c =>
        {
            await c.Execute("batch_supersede", cancel, now, kinds.ToArray());
            return await c.Execute("batch_open", cancel, id, scope, dueAt, now, Shards.Count);
        }, cancel);

    /// <summary>As a person asked for it, as of now.</summary>
    public Task OpenFor(Person by, string id, BatchScope scope, DateTimeOffset now, CancellationToken cancel) =>
        database.Transaction(async c =>
        {
            var after = new { Scope = scope.Name, Tag = scope.Tag?.Code(), Customers = scope.Customers?.Count };
            await c.Write(new AuditEntry(by, "evaluation.requested", id, After: after), cancel);
            if (scope.Tag is { } tag)
                return await c.Execute("batch_open_tag", cancel, id, scope.Name, now, now, Shards.Count, tag.Code());
            if (scope.Customers is not { } customers)
                return await c.Execute("batch_open", cancel, id, scope.Name, now, now, Shards.Count);
            var erased = await tombstones.Enter(c, customers, cancel);
            // Those who were erased are among the unknown, by their number alone.
            return await c.Execute(
                "batch_open_list", cancel, id, scope.Name, now, Db.Texts(customers.Where(one => !erased.Contains(one))), erased.Count);
        }, cancel);

    /// <summary>The record of what a person does to some customers at once: what carries its id is taken back with it.</summary>
    /// <param name="after">What is done, for the audit log.</param>
    public Task OpenBulk(
        Person by, string id, int customers, object after, string? reason, DateTimeOffset now, CancellationToken cancel) =>
        database.Transaction(async c =>
        {
            await c.Write(new AuditEntry(by, "customers.bulk", id, After: after, Reason: reason), cancel);
            return await c.Execute("batch_open_bulk", cancel, id, BatchScope.Bulk, now, customers);
        }, cancel);

    public Task CloseBulk(
        string id, DateTimeOffset now, int unknown, int evaluated, int errors, int reviews, CancellationToken cancel) =>
        database.People.Use(c => c.Execute("batch_close_bulk", cancel, id, now, unknown, evaluated, errors, reviews), cancel);

    public Task<List<(string Id, DateTimeOffset DueAt)>> Unfinished(CancellationToken cancel) =>
        database.InBackground(c => c.Rows("batch_unfinished", row => (row.GetString(0), row.Instant(1)), cancel), cancel);

    /// <summary>As <see cref="Unfinished"/>, for somebody who waits: not behind the work itself.</summary>
    public Task<List<(string Id, string Scope, string? Tag)>> UnfinishedForAsker(CancellationToken cancel) => database.People.Use(
        c => c.Rows("batch_unfinished", row => (row.GetString(0), row.GetString(2), row.TextOrNull(3)), cancel), cancel);

    public Task<bool> TakePage(
        string id, DateTimeOffset dueAt, ShardRange shards, DateTimeOffset now,
        Func<IReadOnlyList<StoredCustomer>, Task<PageResult>> evaluate, CancellationToken cancel) =>
        database.InBackground(async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var claimed = await connection.Rows(
                "batch_claim",
                row => (Shard: row.GetInt16(0), Cursor: row.GetString(1), Tag: row.TextOrNull(2), IsListed: row.GetBoolean(3)), cancel, id,
                shards.First, shards.Last);
            if (claimed.Count == 0)
            {
                // Two who finish the last two shards in the same moment do not see each other: who comes next closes the batch.
                await connection.Execute("batch_finish", cancel, id, now);
                await transaction.CommitAsync(cancel);
                return false;
            }

            var perShard = Math.Max(1, TimeLimits.CustomersPerBatchPageMax / claimed.Count);
            object[] asked =
            [
                claimed.Select(c => c.Shard).ToArray(), claimed.Select(c => c.Cursor).ToArray(), claimed[0].IsListed ? id : dueAt, perShard,
                CustomerLimits.BytesPerCustomerMax, TimeLimits.BytesPerPageMax,
            ];
            var page = claimed[0] switch
            {
                { IsListed: true } => await connection.Rows("batch_page_of_list", Read, cancel, asked),
                { Tag: { } tag } => await connection.Rows("batch_page_of_tag", Read, cancel, [.. asked, id, tag]),
                _ => await connection.Rows("batch_page", Read, cancel, asked),
            };
            // Of a page that its bytes ended nobody knows which shards it has whole: the next ones tell.
            var isCut = StoredCustomer.Fill(page.Select(p => p.Customer), TimeLimits.BytesPerPageMax);
            var result = await evaluate([.. page.Select(p => p.Customer)]);

            await Remember(connection, id, now, result.Errors, cancel);
            var byShard = page.ToLookup(p => p.Shard, p => p.Customer.Id);
            await connection.Execute(
                "batch_progress", cancel, id,
                claimed.Select(c => c.Shard).ToArray(),
                claimed.Select(c => byShard[c.Shard].LastOrDefault() ?? c.Cursor).ToArray(),
                claimed.Select(c => byShard[c.Shard].Count()).ToArray(),
                claimed.Select(c => byShard[c.Shard].Count(result.Errors.ContainsKey)).ToArray(),
                claimed.Select(c => byShard[c.Shard].Sum(customer => result.Reviews.GetValueOrDefault(customer))).ToArray(),
                now,
                claimed.Select(c => !isCut && byShard[c.Shard].Count() < perShard).ToArray());
            await connection.Execute("batch_finish", cancel, id, now);
            // Last of all, because every page of every shard writes the same few rows; with the page's progress, so that nobody counts
            // twice.
            if (result.Risks is { } risks)
                await connection.Execute(
                    "risk_days_add", cancel, Day(risks.Day), Db.Texts(risks.Counts.Keys.Select(one => one.Indicator)),
                    Db.Texts(risks.Counts.Keys.Select(one => one.Tier)), risks.Counts.Values.Select(count => (long)count).ToArray());
            await transaction.CommitAsync(cancel);
            return true;
        }, cancel);

    public async Task<bool> WaitForOthers(string id, ShardRange shards, CancellationToken cancel) =>
        await database.InBackground(c => c.Value<long>("batch_wait", cancel, id, shards.First, shards.Last), cancel) > 0;

    private static NpgsqlParameter Day(DateOnly day) => new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date, Value = day };

    private static (StoredCustomer Customer, short Shard) Read(NpgsqlDataReader row) => (StoredCustomer.Read(row), row.GetInt16(19));

    private async Task Remember(
        NpgsqlConnection transaction, string id, DateTimeOffset now, IReadOnlyDictionary<string, string> errors, CancellationToken cancel)
    {
        if (errors.Count == 0) return;
        var erased = await tombstones.Enter(transaction, [.. errors.Keys], cancel);
        var failed = errors.Where(error => !erased.Contains(error.Key)).ToList();
        await transaction.Execute(
            "batch_errors", cancel, id, now, Db.Texts(failed.Select(error => error.Key)), Db.Texts(failed.Select(error => error.Value)));
    }
}

/// <param name="Errors">By customer whose evaluation failed: the snake_case code that says why.</param>
/// <param name="Reviews">By customer: reviews opened.</param>
/// <param name="Risks">Of a daily batch: the indicators that its customers bear as the day begins.</param>
public sealed record PageResult(
    IReadOnlyDictionary<string, string> Errors, IReadOnlyDictionary<string, int> Reviews, RisksOfDay? Risks = null);
