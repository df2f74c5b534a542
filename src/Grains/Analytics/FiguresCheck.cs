using System.Data;
using LStep.Domain;
using LStep.Domain.Analysing;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Analytics;

/// <param name="CustomerId">Null where it concerns no single customer.</param>
public sealed record FiguresDifference(string? CustomerId, string Detail);

/// <summary>
/// Computes afresh what every customer adds to the figures, compares it with what was added, and that with the day tables. Lets the figures
/// follow first; what waits to be counted when a page is read is left to the next time.
/// </summary>
public sealed class FiguresCheck(PostgresDatabase database)
{
    public async Task Run(BusinessCalendar calendar, DateOnly today, Action<FiguresDifference> found, CancellationToken cancel)
    {
        await new Folding(database).Flush(calendar, today, cancel);
        for (string? after = ""; after is not null;)
            after = await InSnapshot(connection => Page(connection, after, calendar, today, found, cancel), cancel);
        await InSnapshot(connection => Days(connection, found, cancel), cancel);
    }

    private static async Task<string?> Page(
        NpgsqlConnection connection, string after, BusinessCalendar calendar, DateOnly today, Action<FiguresDifference> found,
        CancellationToken cancel)
    {
        var page = await connection.Rows(
            "analytics_customers_page", r => (Id: r.GetString(0), Waits: r.GetBoolean(1)), cancel, after,
            AnalyticsLimits.CustomersPerCheckedPageMax);
        string[] ids = [.. page.Where(one => !one.Waits).Select(one => one.Id)];
        var stored = await CustomerFigures.Stored(connection, ids, cancel);
        foreach (var now in await new FreshFigures(connection, stored, calendar, today).Of(ids, _ => true, cancel))
            if (Difference(stored.GetValueOrDefault(now.CustomerId), now) is { } detail)
                found(new FiguresDifference(now.CustomerId, detail));
        foreach (var one in await WeeklyFolding.Differences(connection, calendar, page.ConvertAll(one => one.Id), cancel)) found(one);
        return page.Count < AnalyticsLimits.CustomersPerCheckedPageMax ? null : page[^1].Id;
    }

    private static string? Difference(CustomerFigures? stored, CustomerFigures now)
    {
        if (stored is null) return "Nothing of it is counted.";
        // A process whose clock is ahead of this one may know more levels.
        var level = now.Level.Length > 0 ? now.Level : stored.Level;
        if ((stored.Tier, stored.Level, stored.StartDay) != (now.Tier, level, now.StartDay))
            return $"It is counted as '{stored.Tier}', '{stored.Level}', from {stored.StartDay:yyyy-MM-dd} on; it is '{now.Tier}', "
                + $"'{level}', from {now.StartDay:yyyy-MM-dd} on.";
        return Contribution.Difference(stored.Contributions, now.Contributions) is [var first, ..]
            ? $"Of {first.Measure.Name()} on {first.Day:yyyy-MM-dd} it adds {first.Count:+0;-0} more than was counted." : null;
    }

    private static async Task<string?> Days(NpgsqlConnection connection, Action<FiguresDifference> found, CancellationToken cancel)
    {
        var counts = new DayCounts();
        await using (var command = connection.Named("analytics_added"))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel))
                if (CustomerFigures.Read(reader) is var one) counts.Add(one.Tier, one.Level, one.Contributions);
        var days = (await connection.Rows("analytics_days_all", Key, cancel)).ToDictionary(one => one.Key, one => one.Count);
        foreach (var key in counts.All.Keys.Union(days.Keys))
            if (counts.All.GetValueOrDefault(key) is var added && days.GetValueOrDefault(key) is var count && added != count)
                found(new FiguresDifference(null, $"{key} is {count}, by its customers {added}."));
        foreach (var one in await WeeklyFolding.Differences(connection, cancel)) found(one);
        if (await connection.Value<long>("analytics_strays", cancel) is > 0 and var strays)
            found(new FiguresDifference(null, $"Something is counted of {strays} who have no ledger."));
        return null;
    }

    private static (DayKey Key, long Count) Key(NpgsqlDataReader row) => (
        new DayKey(
            row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
            row.GetInt32(6)),
        row.GetInt64(7));

    private Task<string?> InSnapshot(Func<NpgsqlConnection, Task<string?>> work, CancellationToken cancel) =>
        database.InBackground(async connection =>
        {
            await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            return await work(connection);
        }, cancel);
}
