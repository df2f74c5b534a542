using System.Globalization;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Time.Daily;

/// <summary>
/// Lets daily_learning_metrics trail the activities log, by transaction id, so that nothing is passed over. The last transaction of a
/// portion remembers how far it came: a crash repeats it, a second process waits or does something else.
/// </summary>
public sealed class DailyRows(PostgresDatabase database)
{
    private const string ServerName = "log_server";
    private bool adopted;

    /// <summary>
    /// Follows the log to where it ends now, in portions. What is written meanwhile is left to the next round: a customer's row is made
    /// once for all of a portion, so fewer and larger portions make fewer rows.
    /// </summary>
    public async Task Round(BusinessCalendar calendar, CancellationToken cancel = default)
    {
        await AdoptServer(cancel);
        var target = await database.InBackground(c => Target(c, cancel), cancel);
        while (await Through(cancel) < target && await Follow("daily_progress", calendar, cancel)) cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Follows the log to where it ends now, waiting for transactions that are still running.</summary>
    public async Task FlushAsync(BusinessCalendar calendar, CancellationToken cancel = default)
    {
        await AdoptServer(cancel);
        var target = await database.InBackground(c => Target(c, cancel), cancel);
        while (await Through(cancel) < target)
            if (!await Follow("daily_progress_wait", calendar, cancel)) await Task.Yield();
    }

    /// <summary>
    /// A dump that was restored on another server brings transaction ids that mean nothing there: mostly they lie ahead, and the trail
    /// would stand still until the new server has counted that far. What was followed stays so; the trail goes on from here. To be done
    /// before anything is written there.
    /// </summary>
    public async Task AdoptServer(CancellationToken cancel = default)
    {
        if (adopted) return;
        adopted = await database.TransactionInBackground(async connection =>
        {
            var from = (await connection.Rows("daily_progress_wait", r => r.GetFieldValue<ulong>(0), cancel))[0];
            var here = await connection.Value<string>("log_server", cancel) ?? "";
            var known = await connection.Value<string>("setting_read", cancel, ServerName);
            if (known == here) return true;
            // Databases from before this was written down are at home, unless what they followed has not happened yet.
            if (known is not null || from > await Target(connection, cancel))
            {
                await LogEntry.Restamp(connection, from, cancel);
                await connection.Execute("daily_progress_here", cancel);
            }
            await connection.Execute("setting_write", cancel, ServerName, here);
            return true;
        }, cancel);
    }

    /// <summary>
    /// Lets them follow the whole log once more: what they count has another meaning than when they were made. Entries that came with a
    /// dump, with ids that this server has not counted to, are among them.
    /// </summary>
    public Task Again(CancellationToken cancel = default) => database.TransactionInBackground(async connection =>
    {
        await connection.Execute("daily_progress_again", cancel);
        return await LogEntry.Restamp(connection, await Target(connection, cancel), cancel);
    }, cancel);

    /// <summary>
    /// Makes the rows of a range of days again from the log, both ends included, for everybody, and takes those away that it does not have.
    /// Days that look at what was cut stay as they are. Answers the rows made.
    /// </summary>
    /// <param name="progress">Told how many customers are done.</param>
    public async Task<long> Rebuild(
        DateOnly from, DateOnly to, BusinessCalendar calendar, Action<long>? progress, CancellationToken cancel = default)
    {
        await FlushAsync(calendar, cancel);
        var (rows, done) = (0L, 0L);
        for (string? after = ""; after is not null;)
        {
            var (last, customers, made) = await RebuildPage(after, from, to, calendar, cancel);
            (after, rows, done) = (last, rows + made, done + customers);
            progress?.Invoke(done);
        }
        return rows;
    }

    /// <summary>The worker waits meanwhile: it could store rows of an older sight.</summary>
    private Task<(string? Last, int Customers, int Rows)> RebuildPage(
        string after, DateOnly from, DateOnly to, BusinessCalendar calendar,
        CancellationToken cancel) => database.Transaction(async connection =>
    {
        await connection.Rows("daily_progress_wait", r => r.GetFieldValue<ulong>(0), cancel);
        if (await WholeFrom(connection, cancel) is { } whole && whole.AddDays(DailyRow.TrendDays - 1) is var first && first > from)
            from = first;
        var ids = await connection.Rows(
            "daily_customers", r => r.GetString(0), cancel, after, TimeLimits.CustomersPerRebuiltPageMax);
        if (ids.Count == 0 || from > to) return ((string?)null, ids.Count, 0);
        var customers = new List<StoredCustomer>();
        await foreach (var page in CustomerStore.Pages(connection, ids, cancel)) customers.AddRange(page.FindAll(one => one.IsReadable));
        var (since, until) = (calendar.StartOf(from.AddDays(1 - DailyRow.TrendDays)), calendar.StartOf(to.AddDays(1)));
        var log = (await connection.Rows(
            "activities_between", LogEntry.Read, cancel, Db.Texts(customers.Select(c => c.Id)), Db.Instants(customers.Select(_ => since)),
            Db.Instants(customers.Select(_ => until)))).ToLookup(l => l.CustomerId);
        var rows = new DailyRowUpserts();
        foreach (var customer in customers)
        {
            var days = Domain.Measuring.Windows.OfLog(
                log[customer.Id].Select(l => l.Activity), calendar, customer.State.Lifetime.CompletedModules);
            foreach (var day in days.Where(day => day.Date >= from && day.Date <= to))
                if (DailyRow.Of(days, day.Date, calendar.DayOf(customer.State.Start)) is { } row) rows.Add(customer.Id, row);
        }
        await connection.Execute("daily_rows_clear", cancel, Db.Texts(customers.Select(c => c.Id)), DateOf(from), DateOf(to));
        await StoreRows(connection, rows, cancel);
        await LevelsAgain(connection, ids, ids.Select(_ => from), cancel);
        return (ids.Count < TimeLimits.CustomersPerRebuiltPageMax ? null : ids[^1], ids.Count, rows.Rows);
    }, cancel);

    private static NpgsqlParameter DateOf(DateOnly day) => new() { NpgsqlDbType = NpgsqlDbType.Date, Value = day };

    private async Task<ulong> Through(CancellationToken cancel) =>
        await database.InBackground(c => Through(c, cancel), cancel);

    /// <summary>The transaction id up to which the log has been followed.</summary>
    internal static async Task<ulong> Through(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.Rows("daily_progress_read", r => r.GetFieldValue<ulong>(0), cancel))[0];

    /// <summary>Every transaction below this id has ended.</summary>
    internal static Task<ulong> Target(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.Value<ulong>("daily_target", cancel);

    /// <summary>
    /// One portion, some customers a transaction: while one is under way PostgreSQL keeps every version of every row that anybody writes.
    /// False when there is nothing to follow yet, or another process is at it.
    /// </summary>
    private async Task<bool> Follow(string claim, BusinessCalendar calendar, CancellationToken cancel)
    {
        var begun = await database.TransactionInBackground(async connection =>
        {
            if (await connection.Rows(claim, r => r.GetFieldValue<ulong>(0), cancel) is not [var from]) return default;
            var end = (await connection.Rows(
                "daily_portion_end", r =>
                    r.GetFieldValue<ulong>(0), cancel, Db.TransactionId(from), TimeLimits.ActivitiesPerDailyPortionMax))[0];
            if (end <= from) return default;
            var portion = new DailyPortion(calendar, await WholeFrom(connection, cancel));
            foreach (var (customer, occurredAt, recordedAt, modules) in await connection.Rows(
                "daily_changed", r => (r.GetString(0), r.Instant(1), r.Instant(2), r.GetBoolean(3)), cancel, Db.TransactionId(from),
                Db.TransactionId(end)))
                portion.Touch(customer, occurredAt, recordedAt, modules);
            return (Portion: portion, From: from, End: end);
        }, cancel);
        if (begun is not ({ } portion, var from, var end)) return false;
        foreach (var ids in portion.Customers.Chunk(TimeLimits.CustomersPerDailyChunkMax))
            if (!await Alone(connection => Make(connection, portion, ids, from, end, cancel))) return false;
        return await Alone(connection => connection.Execute("daily_progress_store", cancel, Db.TransactionId(end)))
            && portion.Customers.Count > 0;

        // What another process has followed meanwhile is not made again: it may be newer.
        Task<bool> Alone(Func<NpgsqlConnection, Task> work) => database.TransactionInBackground(async connection =>
        {
            if (await connection.Rows(claim, r => r.GetFieldValue<ulong>(0), cancel) is not [var still] || still != from) return false;
            await work(connection);
            return true;
        }, cancel);
    }

    private static async Task Make(
        NpgsqlConnection connection, DailyPortion portion, string[] ids, ulong from, ulong end, CancellationToken cancel)
    {
        await foreach (var page in CustomerStore.Pages(connection, ids, cancel))
        {
            // Nobody waits for one that cannot be read. Its daily rows go on with what it does once it is mended.
            var customers = page.FindAll(customer => customer.IsReadable);
            await TouchModules(connection, portion, customers, from, end, cancel);
            await Store(connection, portion, customers, cancel);
        }
    }

    /// <summary>
    /// The day from which on the log is whole; null where nothing of it was cut. A day of UTC may be the business day before.
    /// </summary>
    private static async Task<DateOnly?> WholeFrom(NpgsqlConnection connection, CancellationToken cancel) =>
        await connection.Value<string>("setting_read", cancel, "log_whole_from") is { } text
            ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1) : null;

    /// <summary>A module counts on one day alone: where it is completed once more, every day of its completions may count anew.</summary>
    private static async Task TouchModules(
        NpgsqlConnection connection, DailyPortion portion, List<StoredCustomer> customers, ulong from, ulong end, CancellationToken cancel)
    {
        var completing = portion.CompletingModules(customers.Select(customer => customer.Id));
        if (completing.Length == 0) return;
        var full = customers.Where(c => c.State.Lifetime.CompletedModules.Length == Limits.ModulesPerCustomerMax).Select(c => c.Id);
        foreach (var (customer, at) in await connection.Rows(
            "daily_modules", r => (r.GetString(0), r.Instant(1)), cancel, Db.TransactionId(from), Db.TransactionId(end),
            Db.Texts(completing), Db.Texts(full)))
            portion.TouchDay(customer, at);
    }

    private static async Task Store(
        NpgsqlConnection connection, DailyPortion portion, List<StoredCustomer> customers, CancellationToken cancel)
    {
        string[] ids = [.. customers.Select(customer => customer.Id)];
        var starts = (await connection.Rows("daily_starts", r => (r.GetString(0), r.GetFieldValue<DateOnly>(1)), cancel, Db.Texts(ids)))
            .ToDictionary();
        var rows = new DailyRowUpserts();
        var fromLog = new List<DailyPortion.FromLog>();
        foreach (var customer in customers)
        {
            portion.TouchStart(customer, starts.TryGetValue(customer.Id, out var before) ? before : null);
            if (portion.FromState(customer, rows) is { } older) fromLog.Add(older);
        }
        if (fromLog.Count > 0)
        {
            var log = (await connection.Rows("activities_between", LogEntry.Read, cancel,
                Db.Texts(fromLog.Select(f => f.Customer.Id)), Db.Instants(fromLog.Select(f => f.Since)),
                Db.Instants(fromLog.Select(f => f.Until)))).ToLookup(l => l.CustomerId);
            foreach (var asked in fromLog) portion.FromActivities(asked, log[asked.Customer.Id], rows);
        }
        await StoreRows(connection, rows, cancel);
        await LevelsAgain(connection, ids, ids.Select(portion.FirstDay), cancel);
        var moved = customers.Where(c => !starts.TryGetValue(c.Id, out var before) || before != portion.StartOf(c)).ToList();
        if (moved.Count > 0)
        {
            var days = moved.Select(portion.StartOf).ToArray();
            await connection.Execute(
                "daily_starts_store", cancel, Db.Texts(moved.Select(c => c.Id)),
                new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date, Value = days });
        }
    }

    /// <summary>Rows that come late, or are made again, may be of the days that an engagement level was made of.</summary>
    private static async Task LevelsAgain(
        NpgsqlConnection connection, IReadOnlyCollection<string> ids, IEnumerable<DateOnly> first, CancellationToken cancel) =>
        await connection.Execute(
            "daily_levels_again", cancel, Db.Texts(ids),
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date, Value = first.ToArray() });

    private static async Task StoreRows(NpgsqlConnection connection, DailyRowUpserts rows, CancellationToken cancel)
    {
        if (rows.Rows == 0) return;
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { rows.Command() } };
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
