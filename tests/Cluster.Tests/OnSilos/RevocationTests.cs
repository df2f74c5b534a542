using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.People;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace LStep.Cluster.Tests.OnSilos;

/// <summary>A key that is revoked on one silo is worthless on every silo within five seconds, whatever it is doing there.</summary>
public sealed class RevocationTests(ThreeHosts silos, ITestOutputHelper transcript) : IClassFixture<ThreeHosts>
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Its_streams_its_sessions_and_those_of_its_links_end_on_every_silo_within_five_seconds()
    {
        using var made = await silos.Hosts[0].Client.PostAsJsonAsync("/api/keys", new { name = "leaver", role = "admin" });
        var key = await made.Content.ReadFromJsonAsync<JsonElement>();
        var (id, token) = (key.GetProperty("id").GetString()!, key.GetProperty("token").GetString()!);
        var link = await silos.Hosts[0].Services.GetRequiredService<Tokens>().NewLink(
            Role.Viewer, "leaver's link", new Key(id, Role.Admin, "leaver"));
        var bearer = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" };
        var (session, ofLink) = (await SignIn(silos.Hosts[1], new { token }), await SignIn(silos.Hosts[2], new { link }));

        var ends = new List<Task<(string What, TimeSpan After)>>();
        var watch = new Stopwatch();
        foreach (var (host, number) in silos.Hosts.Select((host, number) => (host, number + 1)))
        {
            ends.Add(Told($"silo {number}: a stream of the token", Silence(await Listen(host, bearer)), watch));
            ends.Add(Told($"silo {number}: a stream of its session", Silence(await Listen(host, session)), watch));
            ends.Add(Told($"silo {number}: a stream of its link's session", Silence(await Listen(host, ofLink)), watch));
            ends.Add(Told($"silo {number}: a stream that subscribes again and again", Resubscribe(await Listen(host, bearer)), watch));
            var silent = await HubClient.Connect(host.Address, token);
            ends.Add(Told($"silo {number}: a connection that never subscribed", Silence(silent), watch));
            foreach (var (name, headers) in new[] { ("token", bearer), ("session", session), ("link's session", ofLink) })
                ends.Add(Told($"silo {number}: requests of the {name}", Refused(host, headers), watch));
        }

        watch.Start();
        Assert.Equal(HttpStatusCode.NoContent, (await silos.Hosts[0].Client.DeleteAsync($"/api/keys/{id}")).StatusCode);

        foreach (var (what, after) in await Task.WhenAll(ends).WaitAsync(Patience))
            Assert.True(after < Within, $"{what} ended after {after}");
        // Nor is it let in again.
        foreach (var host in silos.Hosts)
            await Assert.ThrowsAnyAsync<Exception>(() => HubClient.Connect(host.Address, token));
    }

    [Fact]
    public async Task Others_go_on_listening_meanwhile()
    {
        await using var hub = await Listen(
            silos.Hosts[1], new Dictionary<string, string> { ["Authorization"] = $"Bearer {silos.Hosts[1].AdminToken}" });
        using var made = await silos.Hosts[0].Client.PostAsJsonAsync("/api/keys", new { name = "short", role = "viewer" });
        var key = await made.Content.ReadFromJsonAsync<JsonElement>();
        var ended = Silence(await HubClient.Connect(silos.Hosts[1].Address, key.GetProperty("token").GetString()!));
        await silos.Hosts[0].Client.DeleteAsync($"/api/keys/{key.GetProperty("id").GetString()}");
        await ended.WaitAsync(Patience);

        await silos.Hosts[0].Post(Messages.Track("still-told", "Logged In", Wall.Now));
        // What the silos were sent before may come first.
        while ((await hub.Next("transition")).GetProperty("customerId").GetString() != "still-told") { }
    }

    private async Task<(string, TimeSpan)> Told(string what, Task end, Stopwatch watch)
    {
        await end;
        transcript.WriteLine($"{watch.Elapsed.TotalSeconds:0.00} s  {what}");
        return (what, watch.Elapsed);
    }

    private static async Task<HubClient> Listen(LStepHost host, IReadOnlyDictionary<string, string> headers)
    {
        var hub = await HubClient.Connect(host.Address, headers);
        await hub.Subscribe(new { });
        return hub;
    }

    private static async Task Silence(HubClient hub)
    {
        await using var own = hub;
        await Ended(hub);
    }

    /// <summary>By the server, whatever the reason that the client is given.</summary>
    private static async Task Ended(HubClient hub)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var _ in hub.Heard.ReadAllAsync(patience.Token)) { }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Cut off.
        }
    }

    private static async Task Resubscribe(HubClient hub)
    {
        await using var own = hub;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync()) await hub.Subscribe(new { });
        }
        catch (Exception e) when (e is not TimeoutException)
        {
            await Ended(hub);
        }
    }

    private static async Task Refused(LStepHost host, IReadOnlyDictionary<string, string> headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
        foreach (var (name, value) in headers) client.DefaultRequestHeaders.Add(name, value);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/session")).StatusCode);
        await Signals.UntilAsync(async () => (await client.GetAsync("/api/session")).StatusCode == HttpStatusCode.Unauthorized);
    }

    private static async Task<Dictionary<string, string>> SignIn(LStepHost host, object body)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
        using var answer = await client.PostAsJsonAsync("/api/session", body);
        answer.EnsureSuccessStatusCode();
        return new Dictionary<string, string> { ["Cookie"] = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0] };
    }
}
