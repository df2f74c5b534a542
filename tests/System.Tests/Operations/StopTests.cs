using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using LStep.Grains.Database;
using LStep.System.Tests.Ingest;
using LStep.Workbench.Processes;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Operations;

public sealed class StopTests
{
    [Fact]
    public async Task A_silo_that_is_asked_to_stop_says_so_serves_on_then_turns_away_and_ends_what_is_under_way()
    {
        var host = await LStepHost.Start(with: options => options with { Drain = TimeSpan.FromSeconds(2) });
        await using var database = new PostgresDatabase(host.ConnectionString);
        await host.Post(Track("ada", "Login", host.Now, messageId: "before"));
        using var stranger = new HttpClient { BaseAddress = host.Address };
        using var ingest = new HttpClient
        {
            BaseAddress = host.Address, DefaultRequestHeaders = { Authorization = host.Ingest.DefaultRequestHeaders.Authorization },
        };
        await using var held = await HeldRequest.Begin(host, ingest, "held");

        var stopping = host.DisposeAsync().AsTask();
        await Signals.UntilAsync(async () => (await stranger.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.Equal("shutting_down", await (await stranger.GetAsync("/health/ready")).Code());
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(ingest, "drained")).StatusCode);

        HttpResponseMessage turnedAway;
        var sent = 0;
        do turnedAway = await Post(ingest, $"late{sent++}");
        while (turnedAway.StatusCode == HttpStatusCode.OK);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "shutting_down"), (turnedAway.StatusCode, await turnedAway.Code()));
        Assert.Equal(["1"], turnedAway.Headers.GetValues("Retry-After"));
        Assert.Equal(["1"], turnedAway.Headers.GetValues("X-RateLimit-Reset"));
        Assert.True(turnedAway.Headers.ConnectionClose);

        Assert.False(stopping.IsCompleted);
        Assert.Equal(HttpStatusCode.OK, await held.End());
        await stopping;
        // Everything that was acknowledged, and nothing that was turned away.
        string[] acknowledged = ["before", "drained", .. Enumerable.Range(0, sent - 1).Select(n => $"late{n}"), "held"];
        Assert.Equal(acknowledged.Order(), (await database.EveryMessageId()).Order());
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

        // Within a second of the first it is the same wish: Ctrl-C reaches a silo of `cluster` twice. After that it is impatience.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (silo.IsRunning && await timer.WaitForNextTickAsync()) silo.AskToStop();

        Assert.Equal(130, await silo.Ended());
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10));
    }

    private static Task<HttpResponseMessage> Post(HttpClient ingest, string messageId) =>
        ingest.PostAsJsonAsync("/v1/track", Track("ada", "Login", Wall.Now, messageId: messageId));

    /// <summary>A request that waits for its commit until it is let go: somebody has locked the table it is to be written to.</summary>
    private sealed class HeldRequest : IAsyncDisposable
    {
        private readonly HeldTable table;
        private readonly Task<HttpResponseMessage> answer;

        private HeldRequest(HeldTable table, Task<HttpResponseMessage> answer) => (this.table, this.answer) = (table, answer);

        public static async Task<HeldRequest> Begin(LStepHost host, HttpClient ingest, string messageId)
        {
            var table = await HeldTable.Hold(host.ConnectionString, "anonymous_activities");
            var answer = ingest.PostAsJsonAsync("/v1/track", new { anonymousId = "nobody yet", @event = "Login", messageId });
            await Signals.Until(() => host.RequestsInFlight == 1);
            return new HeldRequest(table, answer);
        }

        public async Task<HttpStatusCode> End()
        {
            await table.LetGo();
            return (await answer).StatusCode;
        }

        public async ValueTask DisposeAsync() => await table.DisposeAsync();
    }
}
