using LStep.System.Tests;
using LStep.System.Tests.Hosting;
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
        await UntilEachKnowsAll();
    }

    public async Task DisposeAsync()
    {
        foreach (var host in Hosts) await host.DisposeAsync();
    }

    /// <summary>
    /// A silo that has just joined is sent nothing before the others have heard of it and of what it carries, which is a matter of a
    /// second; and a silo keeps the very first customers to itself, for it begins to count with them.
    /// </summary>
    private async Task UntilEachKnowsAll()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var host in Hosts)
            await foreach (var seen in host.Services.GetRequiredService<IClusterMembershipService>().MembershipUpdates.WithCancellation(patience.Token))
                if (seen.Members.Values.Count(silo => silo.Status == SiloStatus.Active) == Hosts.Count) break;
        foreach (var host in Hosts) await host.Post(Messages.Track($"first-{host.Address.Port}", "Logged In", Wall.Now));
        await Hosts[0].Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceRuntimeStatisticsCollection([]);
    }
}
