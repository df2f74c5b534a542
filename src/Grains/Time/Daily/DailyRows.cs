using LStep.Domain;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Time.Daily;

/// <summary>
/// Lets daily_learning_metrics trail the activities log, by transaction id, so that nothing is passed over. Each portion is one transaction
/// that also remembers how far it came: a crash repeats it, a second process waits or does something else.
/// </summary>
public sealed class DailyRows(PostgresDatabase database)
{
    private const string ServerName = "log_server";
    private bool adopted;

    /// <summary>Follows one portion of the log; false when there is nothing more to follow yet, or another process is at it.</summary>
    public async Task<bool> Follow(BusinessCalendar calendar, CancellationToken cancel = default)
    {
        await AdoptServer(cancel);
        return await Follow("daily_progress", calendar, cancel);
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

    private async Task<ulong> Through(CancellationToken cancel) =>
        await database.InBackground(c => Through(c, cancel), cancel);

    /// <summary>The transaction id up to which the log has been followed.</summary>
    internal static async Task<ulong> Through(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.Rows("daily_progress_read", r => r.GetFieldValue<ulong>(0), cancel))[0];

    /// <summary>Every transaction below this id has ended.</summary>
    internal static Task<ulong> Target(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.Value<ulong>("daily_target", cancel);

    private Task<bool> Follow(string claim, BusinessCalendar calendar, CancellationToken cancel) =>
        database.TransactionInBackground(async connection =>
    {
        if (await connection.Rows(claim, r => r.GetFieldValue<ulong>(0), cancel) is not [var from]) return false;
        var end = (await connection.Rows(
            "daily_portion_end", r =>
                r.GetFieldValue<ulong>(0), cancel, Db.TransactionId(from), TimeLimits.ActivitiesPerDailyPortionMax))[0];
        if (end <= from) return false;
        var portion = new DailyPortion(calendar);
        var changed = await connection.Rows(
            "daily_changed", r => (r.GetString(0), r.Instant(1), r.Instant(2), r.GetBoolean(3)), cancel, Db.TransactionId(from),
            Db.TransactionId(end));
        foreach (var (customer, occurredAt, recordedAt, modules) in changed) portion.Touch(customer, occurredAt, recordedAt, modules);
        foreach (var ids in portion.Customers.Chunk(TimeLimits.CustomersPerDailyChunkMax))
            await foreach (var page in CustomerStore.Pages(connection, ids, cancel))
            {
                // Nobody waits for one that cannot be read. Its daily rows go on with what it does once it is mended.
                var customers = page.FindAll(customer => customer.IsReadable);
                await TouchModules(connection, portion, customers, from, end, cancel);
                await Store(connection, portion, customers, cancel);
            }
        await connection.Execute("daily_progress_store", cancel, Db.TransactionId(end));
        return changed.Count > 0;
    }, cancel);

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
        var moved = customers.Where(c => !starts.TryGetValue(c.Id, out var before) || before != portion.StartOf(c)).ToList();
        if (moved.Count > 0)
        {
            var days = moved.Select(portion.StartOf).ToArray();
            await connection.Execute(
                "daily_starts_store", cancel, Db.Texts(moved.Select(c => c.Id)),
                new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date, Value = days });
        }
    }

    private static async Task StoreRows(NpgsqlConnection connection, DailyRowUpserts rows, CancellationToken cancel)
    {
        if (rows.Rows == 0) return;
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { rows.Command() } };
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
