using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using LStep.Grains.Database;
using LStep.Grains.Time;
using LStep.Workbench.Processes;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Faults;


public sealed class SiloKilledTests
{
    [Fact]
    public async Task A_silo_killed_twice_under_load_loses_and_doubles_no_acknowledged_activity()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var silo = await SiloProcess.Start(database);
        var load = Load.Of([silo.Address], SiloProcess.WriteKey, customers: 300, requests: 900);

        var running = load.Run(requestsInAll: 900);
        foreach (var acknowledged in new[] { 3_000, 9_000 })
        {
            await Signals.Until(() => load.Acknowledged.Count >= acknowledged || running.IsCompleted);
            await silo.Kill();
            await silo.StartAgain();
        }
        await running;

        Assert.True(load.Retries.GetValueOrDefault("connection") > 0, "no request met a dead silo");
        await load.Audit(database);
    }

    [Fact]
    public async Task A_daily_batch_of_10_000_killed_at_half_ends_with_10_000_evaluated_and_nobody_moved_twice()
    {
        const int Customers = 10_000;
        var (evening, midnight) = (
            new DateTimeOffset(2026, 3, 4, 21, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero));
        var connection = await PostgresFixture.FreshDatabase();
        await using var silo = await SiloProcess.Start(connection, evening);
        using var client = new HttpClient { BaseAddress = silo.Address, Timeout = TimeSpan.FromMinutes(3) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SiloProcess.AdminToken);
        await Enrol(silo, Customers, evening);

        // Another process is at work on half of the shards: this one comes to the end of the other half, and is killed there.
        await using var database = new PostgresDatabase(connection);
        var id = DueWork.DailyId(DateOnly.FromDateTime(midnight.UtcDateTime));
        await new Batches(database).Open(id, Batches.Daily, midnight, midnight, default);
        await using (var source = NpgsqlDataSource.Create(connection))
        await using (var holder = await source.OpenConnectionAsync())
        await using (var held = await holder.BeginTransactionAsync())
        {
            await Execute(holder, "SELECT 1 FROM evaluation_batch_shards WHERE shard >= 32 FOR UPDATE");
            var moving = client.PostAsJsonAsync("/api/clock", new { now = midnight });
            await Signals.Until(
                () => Count(connection, "SELECT count(*) FROM evaluation_batch_shards WHERE finished_at IS NOT NULL") == 32);
            await silo.Kill();
            await moving.ContinueWith(_ => { }, TaskScheduler.Default);
        }
        var atHalf = Count(connection, "SELECT sum(evaluated) FROM evaluation_batch_shards");
        Assert.InRange(atHalf, Customers / 4, Customers * 3 / 4);

        await silo.StartAgain();
        var answer = await client.PostAsJsonAsync("/api/clock", new { now = midnight.AddHours(1) });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());

        Assert.Equal(Customers, Count(connection, "SELECT sum(evaluated) FROM evaluation_batch_shards"));
        Assert.Equal(1, Count(
            connection, $"SELECT count(*) FROM evaluation_batches WHERE id = '{id}' AND finished_at IS NOT NULL AND total = {Customers}"));
        Assert.Equal(Customers, Count(connection, $"SELECT count(*) FROM customer_status_assignments WHERE batch_id = '{id}'"));
        Assert.Equal(2 * Customers, Count(connection, "SELECT count(*) FROM customer_status_assignments"));
    }

    /// <summary>
    /// Learners whose engagement collapses with the coming midnight and not before: then the last but one of their active days
    /// leaves the week.
    /// </summary>
    private static async Task Enrol(SiloProcess silo, int customers, DateTimeOffset evening)
    {
        const int EventsEach = 5;
        using var ingest = new HttpClient { BaseAddress = silo.Address };
        ingest.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(SiloProcess.WriteKey + ":")));
        foreach (var some in Enumerable.Range(0, customers).Chunk(2_500 / EventsEach))
        {
            var batch = some.SelectMany(n => (object[])
            [
                Identify($"n{n}", evening, new { enrolledAt = evening.AddDays(-20) }),
                Track($"n{n}", "Lesson Completed", evening.AddDays(-9)),
                Track($"n{n}", "Lesson Completed", evening.AddDays(-6)),
                Track($"n{n}", "Lesson Completed", evening.AddDays(-6).AddHours(-3)),
                Track($"n{n}", "Lesson Completed", evening.AddDays(-3).AddHours(-9)),
            ]);
            (await ingest.PostAsJsonAsync("/v1/batch", new { batch })).EnsureSuccessStatusCode();
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static long Count(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value) : 0;
    }
}
