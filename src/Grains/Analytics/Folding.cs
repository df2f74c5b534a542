using LStep.Domain;
using LStep.Domain.Analysing;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Analytics;

/// <summary>
/// Keeps the day tables, a page at a time and one process at a time. It counts nothing by itself: what a customer adds is computed from its
/// whole chain, and the difference to what was added before goes to the tables, in the transaction that remembers how far it came.
/// Whatever is counted twice, late or after a crash comes to the same.
/// </summary>
public sealed class Folding(PostgresDatabase database)
{
    /// <summary>
    /// Counts the next page; false when there is nothing to count, another process is at it, or it has to come again later.
    /// </summary>
    public Task<bool> Page(BusinessCalendar calendar, DateOnly today, CancellationToken cancel = default) =>
        database.TransactionInBackground(connection => Page(connection, calendar, today, cancel), cancel);

    /// <summary>Counts everything that waits.</summary>
    public async Task Flush(BusinessCalendar calendar, DateOnly today, CancellationToken cancel = default)
    {
        var target = await Where(today, cancel);
        for (var at = target; !at.IsPast(target); at = await Where(today, cancel))
            if (!await Page(calendar, today, cancel)) await Task.Delay(AnalyticsLimits.LookAgainMs, cancel);
    }

    internal Task<FoldedUpTo> Where(DateOnly today, CancellationToken cancel) =>
        database.InBackground(connection => Where(connection, today, cancel), cancel);

    /// <summary>The same for somebody who waits for an answer.</summary>
    internal Task<FoldedUpTo> WhereForReader(DateOnly today, CancellationToken cancel) =>
        database.People.Use(connection => Where(connection, today, cancel), cancel);

    private static async Task<FoldedUpTo> Where(NpgsqlConnection connection, DateOnly today, CancellationToken cancel) =>
        (await connection.Rows(
            "analytics_where", r => new FoldedUpTo(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetBoolean(4)), cancel,
            Due(today))).Single() with { Weekly = await WeeklyFolding.Where(connection, cancel) };

    private static async Task<bool> Page(
        NpgsqlConnection connection, BusinessCalendar calendar, DateOnly today, CancellationToken cancel)
    {
        if (await connection.Rows("analytics_claim", r => r.GetInt64(0), cancel) is not [var from]) return false;
        await connection.Execute("analytics_gate", cancel);
        var ledger = await connection.Rows(
            "analytics_ledger_page", r => (Id: r.GetString(0), Last: r.GetInt64(1), IsCounted: r.GetBoolean(2)), cancel, from,
            AnalyticsLimits.LedgerRowsPerPageMax);
        var changed = (await connection.Rows("analytics_changed_take", r => r.GetString(0), cancel, AnalyticsLimits.CustomersPerPageMax))
            .ToHashSet(StringComparer.Ordinal);
        var due = await connection.Rows(
            "analytics_levels_due", r => r.GetString(0), cancel, Due(today), AnalyticsLimits.CustomersPerPageMax);
        var removed = await connection.Rows(
            "analytics_removed_take",
            r => (Tier: r.GetString(0), Level: r.GetString(1), Contributions: ContributionPacking.Unpack(r.GetFieldValue<byte[]>(2))),
            cancel, AnalyticsLimits.CustomersPerPageMax);
        var weekly = await WeeklyFolding.Page(connection, calendar, cancel);
        if (ledger.Count + changed.Count + due.Count + removed.Count == 0) return weekly;

        string[] ids = [.. ledger.Where(one => !one.IsCounted).Select(one => one.Id).Concat(changed).Concat(due).Distinct()];
        var counts = new DayCounts();
        foreach (var one in removed) counts.Add(one.Tier, one.Level, one.Contributions, times: -1);
        var isFinal = await Customers(connection, ids, changed, counts, calendar, today, cancel);
        await counts.Store(connection, cancel);
        if (ledger.Count > 0) await connection.Execute("analytics_progress_store", cancel, ledger.Max(one => one.Last));
        return isFinal;
    }

    /// <summary>False when the level of some has to be made once more.</summary>
    private static async Task<bool> Customers(
        NpgsqlConnection connection, string[] ids, HashSet<string> changed, DayCounts counts, BusinessCalendar calendar, DateOnly today,
        CancellationToken cancel)
    {
        if (ids.Length == 0) return true;
        var through = await Through(connection, "analytics_daily_through", cancel);
        var stored = await CustomerFigures.Stored(connection, ids, cancel);
        var fresh = new FreshFigures(connection, stored, calendar, today);
        var figures = await fresh.Of(ids, changed.Contains, cancel);
        foreach (var now in figures) counts.Move(stored.GetValueOrDefault(now.CustomerId), now);
        await CustomerFigures.Store(connection, figures, cancel);
        // Whoever makes daily rows at this moment sees no level yet that they could change.
        if (fresh.WithLevel.Length == 0 || await Through(connection, "analytics_daily_still", cancel) == through) return true;
        await connection.Execute("analytics_changed_add", cancel, Db.Texts(fresh.WithLevel));
        return false;
    }

    private static async Task<ulong?> Through(NpgsqlConnection connection, string query, CancellationToken cancel) =>
        (await connection.Rows(query, r => (ulong?)r.GetFieldValue<ulong>(0), cancel)).SingleOrDefault();

    private static NpgsqlParameter Due(DateOnly today) =>
        new() { NpgsqlDbType = NpgsqlDbType.Date, Value = today.AddDays(-EngagementLevel.Days) };
}

/// <summary>How far the figures follow what happened.</summary>
/// <param name="Ledger">The last ledger id that is counted.</param>
/// <param name="FirstChange">Of other changes that wait; 0 for none.</param>
/// <param name="Else">Anything else waits.</param>
internal readonly record struct FoldedUpTo(long Ledger, long LedgerEnd, long FirstChange, long LastChange, bool Else)
{
    public WeeklyUpTo Weekly { get; init; }

    public bool Waits => !IsPast(this);

    /// <summary>Whether everything is counted that waited at an earlier moment.</summary>
    public bool IsPast(FoldedUpTo earlier) =>
        Ledger >= earlier.LedgerEnd && (FirstChange == 0 || FirstChange > earlier.LastChange) && !Else
        && Weekly.IsPast(earlier.Weekly);
}
