using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace LStep.Cluster.Tests.OnSilos;

/// <summary>Three whole silos over one database, as they run in production but for the process they share: HTTP, hub, grains.</summary>
public sealed class ThreeHosts : IAsyncLifetime
{
    public IReadOnlyList<LStepHost> Hosts { get; private set; } = [];

    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync()
    {
        ConnectionString = await PostgresFixture.FreshDatabase();
        var hosts = new List<LStepHost>();
        Hosts = hosts;
        for (var n = 0; n < 3; n++) hosts.Add(await LStepHost.Start(connectionString: ConnectionString));
        await MembershipSettled.UntilEachKnowsAll([.. Hosts.Select(host => host.Services)]);
        // A silo keeps its very first customers to itself, and counts what the others carry from then on.
        foreach (var host in Hosts) await host.Post(Messages.Track($"first-{host.Address.Port}", "Logged In", Wall.Now));
        await Hosts[0].Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceRuntimeStatisticsCollection([]);
    }

    public async Task DisposeAsync()
    {
        foreach (var host in Hosts) await host.DisposeAsync();
    }
}
