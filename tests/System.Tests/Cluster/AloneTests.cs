using System.Net.Http.Json;
using LStep.Grains.Customers;
using LStep.Grains.Time;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans;
using Orleans.Runtime;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Cluster;

/// <summary>A silo on a simulated clock is alone: on its database, in its cluster, with what is due.</summary>
public sealed class AloneTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task While_it_lives_no_other_silo_may_and_the_refusal_says_what_to_do()
    {
        await using var host = await LStepHost.Start(Noon);

        var onTheWall = await Assert.ThrowsAsync<IOException>(() => LStepHost.Start(connectionString: host.ConnectionString));
        Assert.Contains("A silo on a simulated clock lives on this database", onTheWall.Message, StringComparison.Ordinal);
        var simulated = await Assert.ThrowsAsync<IOException>(() => LStepHost.Start(Noon, host.ConnectionString));
        Assert.Contains("stop them first", simulated.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_others_live_it_may_not_and_once_they_ended_it_may()
    {
        string database;
        await using (var host = await LStepHost.Start())
        {
            database = host.ConnectionString;
            var refused = await Assert.ThrowsAsync<IOException>(() => LStepHost.Start(Noon, database));
            Assert.Contains("has to be the only one", refused.Message, StringComparison.Ordinal);
        }
        await using var alone = await LStepHost.Start(Noon, database);
        await alone.Post(Track("later", "Logged In", Noon));
    }

    [Fact]
    public async Task It_is_no_member_of_the_cluster_and_has_no_reminder_and_wakes_no_shard_that_an_earlier_life_left_reminders_for()
    {
        string database;
        await using (var before = await LStepHost.Start())
        {
            database = before.ConnectionString;
            await Signals.UntilAsync(async () => await Count(database, "orleans_reminders") == Shards.Count);
        }
        var members = await Count(database, "orleans_silos");

        await using var alone = await LStepHost.Start(Noon, database);
        await alone.Post(Track("quiet", "Logged In", Noon));
        await alone.MoveClock(Noon.AddDays(20));

        Assert.Equal("ST_004", (await alone.Get("/api/customers/quiet")).GetProperty("tag").GetString());
        Assert.Equal(members, await Count(database, "orleans_silos"));
        var active = await alone.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        Assert.DoesNotContain(active, one => one.GrainId.Type.ToString() == "evaluation");
        Assert.Null(alone.Services.GetService<IReminderTable>());
    }

    [Fact]
    public async Task A_move_of_the_clock_is_answered_only_when_work_that_somebody_else_began_is_done()
    {
        await using var host = await LStepHost.Start(Noon);
        await host.Post(Track("waits", "Logged In", Noon));
        var midnight = Noon.AddHours(12);
        await host.Services.GetRequiredService<Batches>()
            .Open(DueWork.DailyId(new DateOnly(2026, 3, 5)), Batches.Daily, midnight, Noon, default);
        await using var other = new NpgsqlConnection(host.ConnectionString);
        await other.OpenAsync();
        await using var begun = await other.BeginTransactionAsync();
        await Run(other, "SELECT count(*) FROM (SELECT FROM evaluation_batch_shards FOR UPDATE) held");

        var moved = host.Client.PostAsJsonAsync("/api/clock", new { now = midnight.AddHours(1) });
        await Signals.UntilAsync(async () => await Count(
            host.ConnectionString, "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") > 0);
        Assert.False(moved.IsCompleted);
        await begun.RollbackAsync();

        Assert.True((await moved).IsSuccessStatusCode);
        Assert.Equal(0, await Count(host.ConnectionString, "evaluation_batch_shards WHERE finished_at IS NULL"));
        Assert.Equal(1, await Count(host.ConnectionString, "evaluation_batches WHERE finished_at IS NOT NULL"));
    }

    private static async Task<long> Count(string database, string from)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        return await Run(connection, $"SELECT count(*) FROM {from}");
    }

    private static async Task<long> Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
