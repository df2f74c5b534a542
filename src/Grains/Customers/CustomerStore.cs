using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using LStep.Grains.Privacy;
using Npgsql;

namespace LStep.Grains.Customers;

/// <summary>
/// Reads customers. Loads that come together are gathered into one query: each loader takes what queued while it was reading.
/// </summary>
public sealed class CustomerStore : ICustomers, IAsyncDisposable
{
    private sealed record PendingLoad(string CustomerId, TaskCompletionSource<CustomerState?> Told)
    {
        public void Tell(StoredCustomer? found, bool isErased)
        {
            if (found is null && isErased)
            {
                Told.TrySetException(new ErasedCustomerException());
                return;
            }
            try
            {
                Told.TrySetResult(found?.State);
            }
            catch (UnreadableCustomerException e)
            {
                Told.TrySetException(e);
            }
        }
    }

    private readonly PostgresDatabase database;
    private readonly Tombstones tombstones;
    private readonly Channel<PendingLoad> queue = Channel.CreateBounded<PendingLoad>(CustomerLimits.LoadsQueuedMax);
    private readonly Task[] loaders;

    public CustomerStore(PostgresDatabase database, Tombstones? tombstones = null)
    {
        (this.database, this.tombstones) = (database, tombstones ?? new Tombstones(database));
        loaders = [.. Enumerable.Range(0, CustomerLimits.LoadersMax).Select(_ => Task.Run(Loader))];
    }

    /// <summary>Customers that wait to be read.</summary>
    public int Queued => queue.Reader.Count;

    /// <exception cref="OverloadedException">Too many loads are waiting.</exception>
    /// <exception cref="UnreadableCustomerException">Of this customer; others in the same query are answered.</exception>
    /// <exception cref="ErasedCustomerException">There was one, who was erased.</exception>
    public Task<CustomerState?> Load(string customerId, CancellationToken cancel = default)
    {
        var pending = new PendingLoad(customerId, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!queue.Writer.TryWrite(pending))
            throw new OverloadedException($"{CustomerLimits.LoadsQueuedMax} customers are waiting to be read.");
        return pending.Told.Task.WaitAsync(cancel);
    }

    /// <summary>Those of the customers asked for that are known, in no order.</summary>
    public Task<IReadOnlyList<StoredCustomer>> LoadMany(IReadOnlyCollection<string> customerIds, CancellationToken cancel = default) =>
        this.database.Use<IReadOnlyList<StoredCustomer>>(async connection =>
        {
            var all = new List<StoredCustomer>(customerIds.Count);
            await foreach (var some in Pages(connection, customerIds, cancel)) all.AddRange(some);
            return all;
        }, cancel);

    /// <summary>
    /// Those of the customers asked for that are known, as many at once as <see cref="CustomerLimits.BytesPerLoadMax"/> lets in memory; in
    /// the caller's transaction.
    /// </summary>
    internal static async IAsyncEnumerable<List<StoredCustomer>> Pages(
        NpgsqlConnection connection, IReadOnlyCollection<string> customerIds, [EnumeratorCancellation] CancellationToken cancel)
    {
        var asked = customerIds.ToHashSet(StringComparer.Ordinal);
        List<StoredCustomer> page;
        do
        {
            page = await connection.Rows(
                "customers_by_id", StoredCustomer.Read, cancel, Db.Texts(asked), CustomerLimits.BytesPerCustomerMax,
                CustomerLimits.BytesPerLoadMax);
            foreach (var customer in page) asked.Remove(customer.Id);
            yield return page;
        }
        while (StoredCustomer.Fill(page, CustomerLimits.BytesPerLoadMax));
    }

    /// <summary>Moves stored checks on, of those who are still at the version they were read at. Null: never.</summary>
    internal static Task<int> MoveChecksOn(
        NpgsqlConnection connection, IReadOnlyCollection<(StoredCustomer Customer, DateTimeOffset? Next)> found,
        CancellationToken cancel) =>
        connection.Execute(
            "checks_move_on", cancel, found.Select(f => f.Customer.Id).ToArray(), found.Select(f => f.Customer.Version).ToArray(),
            Db.Instants(found.Select(f => f.Next)));

    public async Task<StoredCustomer?> Find(string customerId, CancellationToken cancel = default) =>
        await LoadMany([customerId], cancel) is [var customer] ? customer : null;

    public Task<IReadOnlySet<string>> KnownMessages(
        string customerId, IReadOnlyList<Activity> activities, CancellationToken cancel = default)
    {
        var since = activities.Select(a => a.Origin != ActivityOrigin.Live ? DateTimeOffset.UnixEpoch
            : a.ReceivedAt.AddHours(-Limits.RecentMessageHours).ToUniversalTime());
        return KnownMessages(customerId, [.. activities.Select(a => a.MessageId)], [.. since], cancel);
    }

    /// <summary>Which of the ids the log of a customer has, whenever they were received.</summary>
    public Task<IReadOnlySet<string>> KnownMessages(
        string customerId, IReadOnlyCollection<string> messageIds, CancellationToken cancel = default) =>
        KnownMessages(customerId, [.. messageIds], [.. messageIds.Select(_ => DateTimeOffset.UnixEpoch)], cancel);

    public Task<CompletedLessons> Lessons(
        string customerId, IReadOnlyList<DateOnly> days, BusinessCalendar calendar, CancellationToken cancel = default) =>
        this.database.Use(async connection =>
        {
            var lessons = new CompletedLessons();
            var (since, until) = (days.Select(day => calendar.StartOf(day)), days.Select(day => calendar.StartOf(day.AddDays(1))));
            foreach (var (day, hash) in await connection.Rows(
                "known_lessons", r => (r.GetInt32(0), BinaryPrimitives.ReadUInt64BigEndian(r.GetFieldValue<byte[]>(1))), cancel,
                customerId, Db.Instants(since), Db.Instants(until), Limits.LessonsPerDayMax))
                lessons.Add(days[day], hash);
            return lessons;
        }, cancel);

    public async Task<ImmutableArray<HistoryRow>> History(string customerId, CancellationToken cancel = default) =>
    [
        .. await this.database.People.Use(connection => connection.Rows(
            "ledger_history",
            row => new HistoryRow(
                row.GetInt32(0), row.TextOrNull(1) is { } from ? StatusTags.Parse(from) : null, StatusTags.Parse(row.GetString(2)),
                row.Instant(3), (TransitionKind)row.GetInt16(4), row.GetBoolean(5)),
            cancel, customerId), cancel),
    ];

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAll(loaders);
    }

    private Task<IReadOnlySet<string>> KnownMessages(string customerId, string[] ids, DateTimeOffset[] since, CancellationToken cancel) =>
        this.database.Ingest.Use<IReadOnlySet<string>>(async connection =>
            (await connection.Rows("known_messages", r => r.GetString(0), cancel, customerId, Db.Texts(ids), Db.Instants(since)))
                .ToHashSet(StringComparer.Ordinal), cancel);

    private async Task Loader()
    {
        var pending = new List<PendingLoad>(CustomerLimits.LoadsPerQueryMax);
        while (await queue.Reader.WaitToReadAsync())
        {
            pending.Clear();
            while (pending.Count < CustomerLimits.LoadsPerQueryMax && queue.Reader.TryRead(out var next)) pending.Add(next);
            if (pending.Count == 0) continue;
            var began = Environment.TickCount64;
            // Who waited for others' query this long shall not wait as long for an own one.
            if (await Answer(pending) is { } trouble && Environment.TickCount64 - began > JournalLimits.PatienceMs)
                for (var left = queue.Reader.Count; left > 0 && queue.Reader.TryRead(out var next); left--)
                    next.Told.TrySetException(trouble);
        }
    }

    private static async Task<(Dictionary<string, StoredCustomer> Found, bool IsCut)> Read(
        NpgsqlConnection connection, List<PendingLoad> pending)
    {
        var ids = Db.Texts(pending.Select(p => p.CustomerId).Distinct(StringComparer.Ordinal));
        await using var command = connection.Named(
            "customers_by_id", ids, CustomerLimits.BytesPerCustomerMax, CustomerLimits.BytesPerLoadMax);
        await command.PrepareAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var found = new Dictionary<string, StoredCustomer>(pending.Count, StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            var customer = StoredCustomer.Read(reader);
            found[customer.Id] = customer;
        }
        return (found, StoredCustomer.Fill(found.Values, CustomerLimits.BytesPerLoadMax));
    }

    /// <summary>Why PostgreSQL was not to be had; null when it was.</summary>
    private async Task<StorageUnavailableException?> Answer(List<PendingLoad> pending)
    {
        try
        {
            await using var connection = await this.database.JournalSource.OpenConnectionAsync();
            while (pending.Count > 0)
            {
                var (found, isCut) = await Read(connection, pending);
                var missing = pending.Where(load => !found.ContainsKey(load.CustomerId)).Select(load => load.CustomerId);
                var erased = isCut ? [] : await tombstones.Among(connection, missing);
                // Of a read that its bytes ended, who is not among the found is asked for again; the first at least is found.
                pending.RemoveAll(load =>
                {
                    var customer = found.GetValueOrDefault(load.CustomerId);
                    if (customer is null && isCut) return false;
                    load.Tell(customer, erased.Contains(load.CustomerId));
                    return true;
                });
            }
            return null;
        }
        catch (Exception e)
        {
            var told = OutsideFailure.Is(e) ? OutsideFailure.Translate(e) : e;
            foreach (var load in pending) load.Told.TrySetException(told);
            return told as StorageUnavailableException;
        }
    }
}
