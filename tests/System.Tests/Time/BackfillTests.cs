using LStep.Domain;
using LStep.Grains.Customers;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.Grains.Time.Daily;
using LStep.Grains.Time.Figures;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Time;

/// <summary>Daily rows, windows and profile made again from the log, beside a living silo.</summary>
public sealed class BackfillTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_was_damaged_is_as_the_log_says_and_nobody_moves()
    {
        await using var host = await LStepHost.Start(Begin);
        for (var day = 0; day < 40; day += 4)
        {
            await host.MoveClock(Begin.AddDays(day));
            await host.Post(
                [.. Enumerable.Range(0, 5).Select(n => Track($"c{n}", "Lesson Completed", host.Now, new { lessonId = $"l{day}" }))]);
        }
        await host.Services.GetRequiredService<DailyRows>().FlushAsync(BusinessCalendar.Utc);
        var ledger = await Count(host, "SELECT count(*) FROM customer_status_assignments");
        // The states of two are exchanged, a name is invented; of the rows one is wrong, one is missing, and one is of a day without a log.
        await Execute(host,
            "UPDATE customer_states SET state = (SELECT state FROM customer_states WHERE customer_id = 'c4') WHERE customer_id = 'c1'");
        await Execute(host, "UPDATE customers SET name = 'Nobody' WHERE customer_id = 'c2'");
        await Execute(host, "UPDATE daily_learning_metrics SET engagement_score = 99 WHERE customer_id = 'c0' AND date = '2026-01-05'");
        await Execute(host, "DELETE FROM daily_learning_metrics WHERE customer_id = 'c3'");
        await Execute(
            host,
            "INSERT INTO daily_learning_metrics SELECT (jsonb_populate_record(d, '{\"date\":\"2026-01-07\"}')).* FROM "
                + "daily_learning_metrics d "
            + "WHERE customer_id = 'c0' AND date = '2026-01-09'");
        await Execute(host, "UPDATE customer_states SET state = state WHERE customer_id = 'c1'");
        Assert.False((await Verified(host)).Same);

        var first = await Backfill(host, days: 60);
        var second = await Backfill(host, days: 60);

        var result = await Verified(host);
        Assert.True(result.Same, string.Join('\n', result.Differences));
        Assert.Equal((5, 0), (first.Counted.Customers, second.Counted.Changed));
        Assert.True(first.Counted.Changed >= 1);
        Assert.Equal((50, 50), (first.Rows, second.Rows));
        Assert.Equal(ledger, await Count(host, "SELECT count(*) FROM customer_status_assignments"));
        // The silo that believed otherwise is fenced, reads again, and goes on.
        await host.Post(Track("c2", "Logged In", host.Now));
        Assert.True((await Verified(host)).Same);
    }

    [Fact]
    public async Task Days_before_those_that_were_asked_for_stay_as_they_are()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Track("c0", "Logged In", Begin));
        await host.MoveClock(Begin.AddDays(10));
        await host.Post(Track("c0", "Logged In", host.Now));
        await host.Services.GetRequiredService<DailyRows>().FlushAsync(BusinessCalendar.Utc);
        await Execute(host, "UPDATE daily_learning_metrics SET community_score = 77");

        Assert.Equal(1, (await Backfill(host, days: 10)).Rows);

        Assert.Equal(
            1, await Count(host, "SELECT count(*) FROM daily_learning_metrics WHERE community_score = 77 AND date = '2026-01-05'"));
        Assert.Equal(1, await Count(host, "SELECT count(*) FROM daily_learning_metrics WHERE community_score = 0"));
    }

    private static async Task<(RecountSummary Counted, long Rows)> Backfill(LStepHost host, int days)
    {
        var book = host.Services.GetRequiredService<RulebookSource>().Current;
        var counted = await host.Services.GetRequiredService<Recounting>().Again(book, host.Now, null, default);
        var today = book.Calendar.DayOf(host.Now);
        var rows = await host.Services.GetRequiredService<DailyRows>().Rebuild(today.AddDays(1 - days), today, book.Calendar, null);
        await host.Services.GetRequiredService<FigureRows>().Again();
        return (counted, rows);
    }

    private static Task<VerifyResult> Verified(LStepHost host) => host.Services.GetRequiredService<Verify>().Run(
        host.Services.GetRequiredService<RulebookSource>().Current, host.Now);

    private static async Task<long> Count(LStepHost host, string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(LStepHost host, string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
