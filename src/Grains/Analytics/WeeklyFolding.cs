using LStep.Domain;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Analytics;

/// <summary>
/// Keeps the figures by week. What a customer adds is computed from all that is stored of it, in SQL, because it is a count of rows that
/// no decision looks at; the difference to what was added before goes to the days, in the same statement.
/// </summary>
internal static class WeeklyFolding
{
    /// <summary>Counts those who wait, a page of them, where the caller holds the claim; false when nobody does.</summary>
    public static async Task<bool> Page(NpgsqlConnection connection, BusinessCalendar calendar, CancellationToken cancel)
    {
        var ids = await connection.Rows("weekly_take", r => r.GetString(0), cancel, AnalyticsLimits.CustomersPerPageMax);
        if (ids.Count == 0 && !(await Where(connection, cancel)).Removed) return false;
        var removed = await connection.Value<long>(
            "weekly_fold", cancel, Db.Texts(ids.Distinct()), calendar.Zone.Id, AnalyticsLimits.CustomersPerPageMax);
        return ids.Count > 0 || removed > 0;
    }

    /// <summary>Of some customers, what was counted otherwise than it is.</summary>
    public static Task<List<FiguresDifference>> Differences(
        NpgsqlConnection snapshot, BusinessCalendar calendar, IReadOnlyCollection<string> ids, CancellationToken cancel) => snapshot.Rows(
        "weekly_differs",
        r => new FiguresDifference(
            r.GetString(0),
            $"Of {r.GetString(1)} on {r.GetFieldValue<DateOnly>(2):yyyy-MM-dd} it adds {r.GetInt64(3)}, and {r.GetInt64(4)} was counted."),
        cancel, Db.Texts(ids), calendar.Zone.Id);

    /// <summary>Days that are not the sum of what was counted for customers.</summary>
    public static Task<List<FiguresDifference>> Differences(NpgsqlConnection snapshot, CancellationToken cancel) => snapshot.Rows(
        "weekly_days_differ",
        r => new FiguresDifference(
            null,
            $"{r.GetString(0)} of {r.GetFieldValue<DateOnly>(1):yyyy-MM-dd} {r.GetString(2)} is {r.GetInt64(3)}, by its customers "
            + $"{r.GetInt64(4)}."),
        cancel);

    public static async Task<WeeklyUpTo> Where(NpgsqlConnection connection, CancellationToken cancel) => (await connection.Rows(
        "weekly_where", r => new WeeklyUpTo(r.GetInt64(0), r.GetInt64(1), r.GetBoolean(2)), cancel)).Single();
}

/// <summary>How far the figures by week follow what happened.</summary>
/// <param name="First">Of the changes that wait; 0 for none.</param>
/// <param name="Removed">Something of erased persons is to be taken off.</param>
internal readonly record struct WeeklyUpTo(long First, long Last, bool Removed)
{
    public bool IsPast(WeeklyUpTo earlier) => (First == 0 || First > earlier.Last) && !Removed;
}
