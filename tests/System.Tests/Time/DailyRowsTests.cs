using LStep.Domain;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using LStep.Grains.Time.Daily;
using LStep.System.Tests.Ingest;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LStep.System.Tests.Time;


public sealed class DailyRowsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly BusinessCalendar calendar = BusinessCalendar.Utc;

    [Fact]
    public async Task Rows_trail_the_log_for_hot_and_for_old_days()
    {
        await using var journal = new Journal(postgres.Database, new Partitions(postgres.Database), NullLogger<Journal>.Instance);
        var rows = new DailyRows(postgres.Database);
        var first = Steps.First(
            "daily", Steps.Login("today"), Steps.Login("eve", Steps.Noon.AddDays(-1)), Steps.Login("again", Steps.Noon.AddHours(4)));
        await journal.Commit(first);
        await journal.Commit(
            Steps.Next(first.After, null, Steps.Login("old", Steps.Noon.AddDays(-60)), Steps.Login("older", Steps.Noon.AddDays(-65))));

        await rows.FlushAsync(calendar);
        await rows.FlushAsync(calendar);

        Assert.Equal(["2025-12-26 1 stable", "2025-12-31 1 stable", "2026-02-28 1 stable", "2026-03-01 2 stable"], await Stored("daily"));
    }

    [Fact]
    public async Task Two_followers_at_once_come_to_the_same_rows()
    {
        await using var journal = new Journal(postgres.Database, new Partitions(postgres.Database), NullLogger<Journal>.Instance);
        await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => journal.Commit(Steps.First($"many-{i}", Steps.Login("one"), Steps.Login("two")))));

        await Task.WhenAll(new DailyRows(postgres.Database).FlushAsync(calendar), new DailyRows(postgres.Database).FlushAsync(calendar));

        foreach (var i in Enumerable.Range(0, 200)) Assert.Equal(["2026-03-01 2 stable"], await Stored($"many-{i}"));
    }

    [Theory]
    [InlineData("another server")]
    [InlineData(null)]
    public async Task A_log_that_was_restored_on_a_server_with_fewer_transactions_is_followed_from_where_it_was(string? server)
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        await using var journal = new Journal(database, new Partitions(database), NullLogger<Journal>.Instance);
        var first = Steps.First("moved", Steps.Login("followed", Steps.Noon.AddDays(-60)));
        await journal.Commit(first);
        await new DailyRows(database).FlushAsync(calendar);
        var second = Steps.Next(first.After, null, Steps.Login("not followed", Steps.Noon.AddDays(-20)));
        await journal.Commit(second);
        await Execute(database, "UPDATE activities SET xid = (xid::text::bigint + 1000000)::text::xid8");
        await Execute(database, "UPDATE daily_metrics_progress SET through = (through::text::bigint + 1000000)::text::xid8");
        await Execute(database, server is null ? "DELETE FROM settings WHERE name = 'log_server'"
            : $"UPDATE settings SET value = '{server}' WHERE name = 'log_server'");

        var rows = new DailyRows(database);
        await rows.FlushAsync(calendar);
        Assert.Equal(["2025-12-31", "2026-02-09"], await Days(database));
        await journal.Commit(Steps.Next(second.After, null, Steps.Login("after the move")));
        await rows.FlushAsync(calendar);

        Assert.Equal(["2025-12-31", "2026-02-09", "2026-03-01"], await Days(database));
    }

    private static async Task Execute(PostgresDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string[]> Days(PostgresDatabase database)
    {
        await using var command = database.Source.CreateCommand(
            "SELECT array_agg(date::text ORDER BY date) FROM daily_learning_metrics WHERE customer_id = 'moved'");
        return (string[])(await command.ExecuteScalarAsync())!;
    }

    private async Task<List<string>> Stored(string customer)
    {
        await using var command = postgres.Database.Source.CreateCommand(
            "SELECT date || ' ' || activities || ' ' || score_trend FROM daily_learning_metrics WHERE customer_id = $1 ORDER BY date");
        command.Parameters.Add(new NpgsqlParameter { Value = customer });
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return lines;
    }
}
