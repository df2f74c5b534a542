using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using LStep.Workbench.Processes;
using Npgsql;
using Xunit.Abstractions;

namespace LStep.Cluster.Tests.OnProcesses;

/// <summary>`lstep run` as a user starts it, beside others and after what others left.</summary>
public sealed class SiloStartTests(ITestOutputHelper output)
{
    /// <summary>
    /// The goal is 10 s on a machine that has nothing else to do. Where Orleans waits for members that are not there it takes two minutes.
    /// </summary>
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, string> AnyPort = new() { ["LSTEP_SILO_PORT"] = "" };

    [Fact]
    public async Task A_silo_that_was_killed_is_back_soon_on_the_same_port()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var silo = await SiloProcess.Start(database);
        await silo.Kill();

        await Soon("killed, and started again on the same port", silo.StartAgain);

        await Serves(silo, "again");
        Assert.Equal(1, await Members(database));
    }

    [Fact]
    public async Task A_silo_that_was_killed_is_followed_soon_by_one_on_another_port()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var killed = await SiloProcess.Start(database);
        await killed.Kill();

        SiloProcess? other = null;
        await Soon("killed, and followed by one on another port", async () => other = await SiloProcess.Start(database));
        await using var follower = other!;

        await Serves(follower, "other");
        Assert.Equal(1, await Members(database));
    }

    [Theory]
    [InlineData("an hour ago", "-1 hour")]
    [InlineData("seconds ago, as in a dump restored at once", "-3 seconds")]
    [InlineData("in an hour, as after a clock that was set back", "1 hour")]
    public async Task Members_that_are_not_there_any_more_hold_nobody_up(string seen, string alive)
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var silo = await SiloProcess.Start(database);
        var port = await Query<int>(database, "SELECT port FROM orleans_silos WHERE status = 3");
        await silo.Stop();
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start(); // takes connections and never says a word
        var deaf = ((IPEndPoint)stranger.LocalEndpoint).Port;
        foreach (var (address, at) in new[] { ("127.0.0.1", deaf), ("127.0.0.1", 9), ("127.0.0.2", 11111), ("127.0.0.1", port) })
            await Query<int>(database, $"""
                INSERT INTO orleans_silos (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
                SELECT 'lstep', '{address}', {at}, 2000000000, 'gone-{at}', 'gone', 3, 0, now() + '{alive}'::interval, now() + '{alive}'::interval RETURNING 1
                """);

        await Soon($"members seen {seen}", silo.StartAgain);

        await Serves(silo, "after");
        Assert.Equal(1, await Members(database));
    }

    [Fact]
    public async Task A_second_silo_joins_the_first_by_the_connection_string_alone_and_serves_soon()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var first = await SiloProcess.Start(database, environment: AnyPort);
        await Serves(first, "before");

        SiloProcess? joined = null;
        await Soon("a second one joined", async () => joined = await SiloProcess.Start(database, environment: AnyPort));
        await using var second = joined!;

        await Serves(second, "joined");
        await Serves(first, "after");
        Assert.Equal(2, await Members(database));
        Assert.Equal(0, await second.Stop());
        await Serves(first, "alone again");
        Assert.Equal(0, await first.Stop());
    }

    [Fact]
    public async Task A_silo_whose_clock_was_set_back_joins_others_that_remember_it_from_later()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var silo = await SiloProcess.Start(database);
        var port = await Query<int>(database, "SELECT port FROM orleans_silos WHERE status = 3");
        await silo.Stop();
        await using var stays = await SiloProcess.Start(database);
        await Query<int>(database, $"""
            WITH moved AS (UPDATE orleans_membership_versions SET version = version + 1)
            INSERT INTO orleans_silos (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
            SELECT 'lstep', '127.0.0.1', {port}, 2000000000, 'later', 'later', 3, 0, now() + '1 hour'::interval, now() + '1 hour'::interval RETURNING 1
            """);
        await UntilRemembered(database, port);

        await Soon("clock set back, beside another", silo.StartAgain);

        await Serves(silo, "back");
        await Serves(stays, "stays");
        Assert.Equal(2, await Members(database));
    }

    [Fact]
    public async Task Silos_started_at_the_same_instant_each_get_a_port_of_their_own_and_all_serve()
    {
        string[] databases = [await PostgresFixture.FreshDatabase(), await PostgresFixture.FreshDatabase()];

        var silos = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => SiloProcess.Start(databases[n % 2], environment: AnyPort)));
        try
        {
            await Task.WhenAll(silos.Select((silo, n) => Serves(silo, $"at-once-{n}")));
            Assert.All(await Task.WhenAll(databases.Select(Members)), members => Assert.Equal(3, members));
            var ports = await Task.WhenAll(
                databases.Select(database => Query<int[]>(database, "SELECT array_agg(port) FROM orleans_silos WHERE status = 3")));
            Assert.Equal(6, ports.SelectMany(port => port).Distinct().Count());
        }
        finally
        {
            foreach (var silo in silos) await silo.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_port_that_was_asked_for_and_is_taken_is_refused_with_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var refused = await Assert.ThrowsAsync<SiloEndedException>(async () => await SiloProcess.Start(
            await PostgresFixture.FreshDatabase(), environment: new Dictionary<string, string> { ["LSTEP_SILO_PORT"] = $"{port}" }));

        Assert.Contains($"Port {port} is taken, by another silo or program", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Message, StringComparison.Ordinal); // no stack
    }

    private async Task Soon(string what, Func<Task> start)
    {
        var watch = Stopwatch.StartNew();
        await start();
        output.WriteLine($"{what}: ready after {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, ReadyWithin);
    }

    private static async Task Serves(SiloProcess silo, string customer)
    {
        using var client = new HttpClient { BaseAddress = silo.Address };
        var answer = await client.PostAsJsonAsync(
            "/v1/track", new { writeKey = SiloProcess.WriteKey, userId = customer, messageId = customer, @event = "Logged In" });
        Assert.True(
            answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}\n{silo.Output}");
    }

    /// <summary>The other silo has seen it and asked it, in vain.</summary>
    private static async Task UntilRemembered(string database, int port)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await Query<long>(
            database, $"SELECT count(*) FROM orleans_silos WHERE port = {port} AND (suspect_times IS NOT NULL OR status = 6)") == 0)
            await timer.WaitForNextTickAsync(patience.Token);
    }

    private static async Task<int> Members(string database) =>
        (int)await Query<long>(database, "SELECT count(*) FROM orleans_silos WHERE status = 3");

    private static async Task<T> Query<T>(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
