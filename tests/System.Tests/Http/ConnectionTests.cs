using System.Net;
using LStep.Api.Http;
using LStep.System.Tests.Ingest;
using LStep.Workbench.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Http;

/// <summary>Connections of strangers, and those over which a good key has come.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Connections_over_which_nothing_comes_keep_nobody_out_and_close_no_connection_with_a_key()
    {
        await using var host = await Start(new ConnectionLimits { ConnectionsMax = 40, StrangersMax = 20 });
        await host.Get("/api/nodes");
        var connections = host.Services.GetRequiredService<OpenConnections>();
        Assert.Equal(1, connections.Known);

        using var idle = new Sockets(host.Address);
        for (var n = 0; n < 200; n++) await idle.Send("");

        using var fresh = new HttpClient { BaseAddress = host.Address };
        Assert.Equal(HttpStatusCode.OK, (await fresh.GetAsync("/health/ready")).StatusCode);
        await host.Get("/api/nodes");
        Assert.Equal(1, connections.Known); // the same one still
        Assert.InRange(connections.Strangers, 1, 20);
    }

    [Fact]
    public async Task One_address_has_few_connections_of_strangers_unless_many_share_it()
    {
        await using var host = await Start(new ConnectionLimits { StrangersPerAddressMax = 5, IsShared = _ => false });
        using var crowd = new Sockets(host.Address, IPAddress.Parse("127.0.0.2"));
        for (var n = 0; n < 6; n++) await crowd.Send("");
        Assert.Equal("", await crowd.FirstAnswer());
        await host.Get("/api/nodes");
    }

    [Fact]
    public async Task A_stranger_that_sends_no_whole_request_is_closed()
    {
        await using var host = await Start(new ConnectionLimits { StrangerIdleSecondsMax = 1 });
        using var slow = new Sockets(host.Address);
        await slow.Send("GET /health/ready HTTP/1.1\r\nHost: x\r\nX-Slow:");
        Assert.Equal("", await slow.Answer(0));
    }

    [Fact]
    public async Task A_connection_with_a_request_under_way_is_not_closed_for_another()
    {
        await using var host = await Start(new ConnectionLimits { StrangersMax = 1 });
        using var busy = new Sockets(host.Address);
        await busy.Send($"POST /v1/batch HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Length: 14\r\n\r\n");
        await Signals.Until(() => host.Services.GetRequiredService<Api.Ingest.Strangers>().Count == 1);
        using var refused = new Sockets(host.Address);
        await refused.Send("");
        Assert.Equal("", await refused.Answer(0));
        Assert.Equal(1, host.Services.GetRequiredService<Api.Ingest.Strangers>().Count);
    }

    [Fact]
    public async Task A_token_has_so_many_streams_and_no_more()
    {
        await using var host = await Start(new ConnectionLimits { StreamsPerCallerMax = 2 });
        await using var first = await HubClient.Connect(host.Address, host.AdminToken);
        await using (await HubClient.Connect(host.Address, host.AdminToken))
        {
            using var third = await host.Client.PostAsync("/hubs/lifecycle/negotiate?negotiateVersion=1", null);
            Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_streams"), (third.StatusCode, await third.Code()));
        }
        await Signals.UntilAsync(async () =>
            (await host.Client.PostAsync("/hubs/lifecycle/negotiate?negotiateVersion=1", null)).StatusCode == HttpStatusCode.OK);
    }

    private static Task<LStepHost> Start(ConnectionLimits limits) =>
        LStepHost.Start(with: options => options with { Connections = limits });
}
