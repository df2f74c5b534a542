using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.Cluster.Tests.OnSilos;

/// <summary>A silo that lives in somebody's process stops alone: were it not so, these tests would end with it.</summary>
public sealed class EndTests
{
    private const long Life = 5020260011;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_silo_that_its_cluster_gave_up_stops_and_its_process_and_the_others_live_on()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var stays = await LStepHost.Start(connectionString: database);
        await using var goes = await LStepHost.Start(connectionString: database);
        var stopped = Stopped(goes);
        var port = goes.Services.GetRequiredService<Orleans.Runtime.ILocalSiloDetails>().SiloAddress.Endpoint.Port;

        await Execute(database,
            $"UPDATE orleans_membership_versions SET version = version + 1; UPDATE orleans_silos SET status = 6 WHERE port = {port}");

        await stopped.WaitAsync(Patience);
        await Assert.ThrowsAsync<HttpRequestException>(() => goes.Client.GetAsync("/health/live"));
        await stays.Post(Track("lives-on", "Logged In", Wall.Now));
    }

    [Fact]
    public async Task A_silo_whose_database_another_took_while_it_was_cut_off_stops()
    {
        await using var host = await LStepHost.Start();
        var stopped = Stopped(host);
        await using var other = new NpgsqlConnection(host.ConnectionString);
        await other.OpenAsync();
        await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({Life})", other);
        var taken = take.ExecuteNonQueryAsync(); // next in turn

        await UntilWaiting(host.ConnectionString);
        await Execute(
            host.ConnectionString,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lstep-claim' AND datname = "
                + "current_database()");

        await taken;
        await stopped.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_silo_that_was_cut_off_takes_its_place_again_when_nobody_else_did()
    {
        await using var host = await LStepHost.Start();
        await Execute(
            host.ConnectionString,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lstep-claim' AND datname = "
                + "current_database()");

        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await Count(host.ConnectionString, "granted") == 0) await timer.WaitForNextTickAsync(patience.Token);

        await Assert.ThrowsAsync<IOException>(() => LStepHost.Start(Wall.Now, host.ConnectionString));
    }

    private static Task Stopped(LStepHost host)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(stopped.SetResult);
        return stopped.Task;
    }

    private static async Task UntilWaiting(string database)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await Count(database, "NOT granted") == 0) await timer.WaitForNextTickAsync(patience.Token);
    }

    private static async Task<long> Count(string database, string which)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand($"""
            SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database
            WHERE d.datname = current_database() AND locktype = 'advisory' AND (classid::bigint << 32 | objid::bigint) = {Life} AND {which}
            """);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
