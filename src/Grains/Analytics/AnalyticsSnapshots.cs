using System.Data;
using LStep.Domain.Analysing;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using Npgsql;

namespace LStep.Grains.Analytics;

/// <summary>What an answer is about, and as of when it is true.</summary>
/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="FirstDay">The business day on which the ledger began; null while it is empty.</param>
public sealed record AnalyticsFrame(DayRange Range, DateOnly Today, DateTimeOffset AsOf, long Through, DateOnly? FirstDay)
{
    /// <summary>Those days of the range that have begun.</summary>
    public DayRange Begun => Range.UpTo(Today);
}

/// <summary>
/// Reads the day tables, brought up to date before, with all queries of one answer in one snapshot: its figures agree with each other,
/// whatever is counted meanwhile.
/// </summary>
public sealed class AnalyticsSnapshots(
    PostgresDatabase database, AnalyticsFigures figures, RulebookSource rulebook, TimeProvider clock)
{
    internal async Task<T> Read<T>(
        DayRange range, Func<NpgsqlConnection, AnalyticsFrame, Task<T>> ask, CancellationToken cancel)
    {
        await figures.UpToDate(cancel);
        var calendar = rulebook.Current.Calendar;
        return await database.People.Use(async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            await connection.Execute("analytics_room", cancel);
            var (through, began) = (await connection.Rows(
                "analytics_through", row => (row.GetInt64(0), row.InstantOrNull(1)), cancel))[0];
            var now = clock.Now();
            return await ask(connection, new AnalyticsFrame(
                range, calendar.DayOf(now), now, through, began is { } first ? calendar.DayOf(first) : null));
        }, cancel);
    }
}
