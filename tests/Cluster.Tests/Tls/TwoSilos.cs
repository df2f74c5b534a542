using System.Net;
using LStep.Grains.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace LStep.Cluster.Tests.Tls;

/// <summary>Two silos of one authority, each with a certificate of its own.</summary>
public sealed class TwoSilos : IAsyncLifetime
{
    private readonly List<LStepHost> hosts = [];
    private readonly List<SiloFiles> files = [];

    internal Authority Authority { get; } = new("authority");

    internal Authority Another { get; } = new("another authority");

    public IReadOnlyList<LStepHost> Hosts => hosts;

    /// <summary>What both of them logged.</summary>
    public Lines Lines { get; } = new();

    /// <summary>The first one's.</summary>
    internal SiloFiles Files => files[0];

    public string ConnectionString { get; private set; } = "";

    public IEnumerable<IPEndPoint> SiloPorts =>
        hosts.Select(host => host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint);

    /// <summary>The first one's silo port.</summary>
    public IPEndPoint SiloPort => hosts[0].Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint;

    public async Task InitializeAsync()
    {
        ConnectionString = await PostgresFixture.FreshDatabase();
        for (var n = 0; n < 2; n++)
        {
            files.Add(Authority.ForSilo());
            hosts.Add(await LStepHost.Start(connectionString: ConnectionString, with: options => files[^1].On(options) with
            {
                Services = services => services.AddSingleton<ILoggerProvider>(Lines),
            }));
        }
        await MembershipSettled.UntilEachKnowsAll([.. hosts.Select(host => host.Services)]);
    }

    /// <summary>
    /// Customers written through one silo are seen through the other: each lives on one of them, so one of the two calls crosses.
    /// </summary>
    public async Task AnswerForEachOther(string prefix)
    {
        var customers = Enumerable.Range(0, 20).Select(n => $"{prefix}-{n}").ToList();
        foreach (var (writes, reads) in new[] { (hosts[0], hosts[1]), (hosts[1], hosts[0]) })
        {
            await writes.Post(
                [.. customers.Select(id => Messages.Track(id, "Feature Used", Wall.Now, new { featureId = $"{writes.Address.Port}" }))]);
            var seen = customers.Select(
                async id => (await reads.Get($"/api/customers/{id}")).GetProperty("metrics").GetProperty("features_used_7d").GetInt32());
            Assert.All(await Task.WhenAll(seen), features => Assert.Equal(writes == hosts[0] ? 1 : 2, features));
        }
        foreach (var host in hosts)
            Assert.Equal(2, (
                await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count);
    }

    public async Task DisposeAsync()
    {
        foreach (var host in hosts) await host.DisposeAsync();
        Authority.Dispose();
        Another.Dispose();
    }
}
