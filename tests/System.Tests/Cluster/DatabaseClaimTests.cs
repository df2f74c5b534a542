using System.Net;
using System.Net.Sockets;
using LStep.Grains.Cluster;
using Npgsql;

namespace LStep.System.Tests.Cluster;

/// <summary>Who holds the claim alone clears the cluster's table of members that are not there, and only of those.</summary>
public sealed class DatabaseClaimTests
{
    private static readonly IPEndPoint Own = new(IPAddress.Loopback, 1);

    [Theory]
    [InlineData(true, true, 1)] // as a silo of a version that takes no lock
    [InlineData(true, false, 0)] // a program that is no silo has its port now
    [InlineData(false, true, 0)] // it is gone; another process beats
    public async Task A_member_is_left_alone_when_it_answers_and_beats(bool answers, bool beats, long left)
    {
        var database = await PostgresFixture.FreshDatabase();
        using var member = new TcpListener(IPAddress.Loopback, 0);
        member.Start();
        var port = ((IPEndPoint)member.LocalEndpoint).Port;
        if (!answers) member.Stop();
        await Join(database, port);
        using var over = new CancellationTokenSource();
        var beating = beats ? Beat(database, over.Token) : Task.CompletedTask;

        await using (await DatabaseClaim.Take(database, isAlone: false, Own, default)) { }

        await over.CancelAsync();
        await beating;
        Assert.Equal(left, await Value(database, "SELECT count(*) FROM orleans_silos"));
    }

    [Fact]
    public async Task A_silo_on_a_simulated_clock_is_refused_beside_a_member_that_answers_and_beats()
    {
        var database = await PostgresFixture.FreshDatabase();
        using var member = new TcpListener(IPAddress.Loopback, 0);
        member.Start();
        await Join(database, ((IPEndPoint)member.LocalEndpoint).Port);
        using var over = new CancellationTokenSource();
        var beating = Beat(database, over.Token);

        var refused = await Assert.ThrowsAsync<IOException>(() => DatabaseClaim.Take(database, isAlone: true, Own, default));

        await over.CancelAsync();
        await beating;
        Assert.Contains("has to be the only one", refused.Message, StringComparison.Ordinal);
    }

    private static async Task Join(string database, int port)
    {
        await Value(database, "INSERT INTO orleans_membership_versions (deployment_id) VALUES ('lstep') RETURNING version::bigint");
        await Value(database, $"""
            INSERT INTO orleans_silos (deployment_id, address, port, generation, silo_name, host_name, status, start_time, alive_time)
            VALUES ('lstep', '127.0.0.1', {port}, 1, 'member', 'member', 3, now(), now()) RETURNING port::bigint
            """);
    }

    private static async Task Beat(string database, CancellationToken over)
    {
        const string Seen = """
            INSERT INTO nodes (name, address, version, phase, started_at, seen_at) VALUES ('member', '-', '1', 'serving', now(), now())
            ON CONFLICT (name) DO UPDATE SET seen_at = now() RETURNING 1::bigint
            """;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!over.IsCancellationRequested)
        {
            await Value(database, Seen);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static async Task<long> Value(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
