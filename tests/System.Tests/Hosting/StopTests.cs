using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LStep.Silo.Bench;
using LStep.System.Tests.Ingest;
using static LStep.System.Tests.Messages;

namespace LStep.System.Tests.Hosting;

public sealed class StopTests
{
    [Fact]
    public async Task A_silo_that_is_asked_to_stop_says_so_serves_on_then_turns_away_and_ends_what_is_under_way()
    {
        var host = await LStepHost.Start(with: options => options with { Drain = TimeSpan.FromSeconds(2) });
        await using var database = new Grains.Storage.Database(host.ConnectionString);
        await host.Post(Track("ada", "Login", host.Now, messageId: "before"));
        using var stranger = new HttpClient { BaseAddress = host.Address };
        using var ingest = new HttpClient { BaseAddress = host.Address, DefaultRequestHeaders = { Authorization = host.Ingest.DefaultRequestHeaders.Authorization } };
        using var slow = await SlowRequest.Begin(host, "ada", "slow");

        var stopping = host.DisposeAsync().AsTask();
        await Signals.UntilAsync(async () => (await stranger.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.Equal("shutting_down", await CodeOf(await stranger.GetAsync("/health/ready")));
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(ingest, "drained")).StatusCode);

        HttpResponseMessage turnedAway;
        var sent = 0;
        do turnedAway = await Post(ingest, $"late{sent++}");
        while (turnedAway.StatusCode == HttpStatusCode.OK);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "shutting_down"), (turnedAway.StatusCode, await CodeOf(turnedAway)));
        Assert.Equal(["1"], turnedAway.Headers.GetValues("Retry-After"));
        Assert.Equal(["1"], turnedAway.Headers.GetValues("X-RateLimit-Reset"));
        Assert.True(turnedAway.Headers.ConnectionClose);

        Assert.False(stopping.IsCompleted);
        Assert.StartsWith("HTTP/1.1 200", await slow.End());
        await stopping;
        // Everything that was acknowledged, and nothing that was turned away.
        string[] acknowledged = ["before", "drained", .. Enumerable.Range(0, sent - 1).Select(n => $"late{n}"), "slow"];
        Assert.Equal(acknowledged.Order(), (await database.Log("ada")).Order());
    }

    [Fact]
    public async Task Hub_clients_are_sent_away_with_the_word_to_come_back()
    {
        var host = await LStepHost.Start();
        await using var hub = await HubClient.Connect(host.Address, host.AdminToken);
        await hub.Subscribe(new { });

        await host.DisposeAsync();

        await foreach (var _ in hub.Heard.ReadAllAsync()) { }
        Assert.True(hub.AskedBack);
    }

    [Fact]
    public async Task The_first_SIGTERM_drains_and_the_second_ends_the_process_at_once()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var silo = await SiloProcess.Start(database, environment: new Dictionary<string, string> { ["LSTEP_DRAIN"] = "30" });
        using var client = new HttpClient { BaseAddress = silo.Address };

        silo.AskToStop();
        await Signals.UntilAsync(async () => (await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable);
        var watch = Stopwatch.StartNew();

        Assert.Equal(130, await silo.Stop());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static Task<HttpResponseMessage> Post(HttpClient ingest, string messageId) => ingest.PostAsJsonAsync("/v1/track", Track("ada", "Login", Wall.Now, messageId: messageId));

    private static async Task<string?> CodeOf(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();

    /// <summary>A request whose last byte is held back.</summary>
    private sealed class SlowRequest : IDisposable
    {
        private readonly TcpClient tcp = new();
        private byte[] rest = [];

        public static async Task<SlowRequest> Begin(LStepHost host, string userId, string messageId)
        {
            var slow = new SlowRequest();
            await slow.tcp.ConnectAsync(host.Address.Host, host.Address.Port);
            var body = JsonSerializer.SerializeToUtf8Bytes(Track(userId, "Login", host.Now, messageId: messageId));
            var key = Convert.ToBase64String(Encoding.UTF8.GetBytes(host.WriteKey + ":"));
            var head = $"POST /v1/track HTTP/1.1\r\nHost: {host.Address.Authority}\r\nAuthorization: Basic {key}\r\nContent-Length: {body.Length}\r\n\r\n";
            await slow.tcp.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body[..^1]]);
            slow.rest = body[^1..];
            await Signals.Until(() => host.RequestsInFlight == 1);
            return slow;
        }

        /// <summary>Sends the last byte; answers the status line.</summary>
        public async Task<string> End()
        {
            await tcp.GetStream().WriteAsync(rest);
            using var reader = new StreamReader(tcp.GetStream(), leaveOpen: true);
            return await reader.ReadLineAsync() ?? "";
        }

        public void Dispose() => tcp.Dispose();
    }
}
