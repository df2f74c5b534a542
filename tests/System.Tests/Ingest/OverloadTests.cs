using System.Net;
using LStep.Api.Auth;
using LStep.Api.Ingest;
using LStep.Grains.Database.Postgres;
using LStep.Workbench.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Ingest;

public class OverloadTests
{
    private const string Login = """{"type":"track","userId":"u","event":"Login","messageId":"m"}""";

    [Fact]
    public async Task Over_its_rate_a_key_is_told_when_to_try_again()
    {
        await using var host = await LStepHost.Start();
        await Drain(host, seconds: 60);
        var reply = await new IngestClient(host.Address, host.WriteKey).Batch(Login);
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), (reply.Status, reply.Code));
        Assert.InRange(WaitOf(reply), 30, 60);
    }

    [SdkFact]
    public async Task The_sdk_for_node_waits_as_told_and_loses_nothing()
    {
        await using var host = await LStepHost.Start();
        await Sdk.Installed;
        await Drain(host, seconds: 10);
        var said = await Sdk.Run("node.mjs", host.Address.ToString().TrimEnd('/'), host.WriteKey, "sdk-waits");
        Assert.Empty(said.GetProperty("failed").EnumerateArray());
        Assert.Contains(429, said.GetProperty("statuses").EnumerateArray().Select(status => status.GetInt32()));
        Assert.Equal(8, (await host.Database.Log("sdk-waits")).Count);
    }

    [Fact]
    public async Task Without_memory_for_another_body_the_answer_is_503()
    {
        await using var host = await LStepHost.Start();
        var bytes = host.Services.GetRequiredService<BytesInFlight>();
        var all = (int)new IngestOptions().BodyBytesInFlightMax;
        var client = new IngestClient(host.Address, host.WriteKey);
        bytes.Take(all);
        var reply = await client.Batch(Login);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "overloaded"), (reply.Status, reply.Code));
        Assert.InRange(WaitOf(reply), 1, 60);
        bytes.Give(all);
        (await client.Batch(Login)).Succeeded();
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_is_acknowledged_and_afterwards_everything_works()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-away-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        await using (var postgres = await PrivatePostgres.Start(folder, new PrivatePostgresOptions { Durable = false }))
        await using (var host = await LStepHost.Start(connectionString: postgres.ConnectionString))
        {
            var client = new IngestClient(host.Address, host.WriteKey);
            (await client.Batch(Login)).Succeeded();
            await postgres.StopServer();
            foreach (
                var message in new[] { Login.Replace("\"m\"", "\"m2\""), """{"type":"track"}""", """{"type":"track","anonymousId":"a"}""" })
            {
                var reply = await client.Batch(message);
                Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_unavailable"), (reply.Status, reply.Code));
                Assert.InRange(WaitOf(reply), 1, 60);
            }
            await postgres.StartAgain();
            (await client.Batch(Login.Replace("\"m\"", "\"m3\""))).Succeeded();
            host.Database.Source.Clear(); // the test's own connections are those of before
            Assert.Equal(["m", "m3"], await host.Database.Log("u"));
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Leaves the key in debt by so many seconds of its rate.</summary>
    private static async Task Drain(LStepHost host, int seconds)
    {
        var key = await host.Services.GetRequiredService<KeyRing>().Find(host.WriteKey, CancellationToken.None);
        Assert.Null(host.Services.GetRequiredService<RateLimit>().Take(key!.Id, (seconds + 2) * new IngestOptions().EventsPerSecondPerKey));
    }

    /// <summary>What both headers say, in seconds.</summary>
    private static int WaitOf(IngestReply reply)
    {
        var wait = Assert.Single(reply.Headers.GetValues("Retry-After"));
        Assert.Equal(wait, Assert.Single(reply.Headers.GetValues("X-RateLimit-Reset")));
        return int.Parse(wait);
    }
}
