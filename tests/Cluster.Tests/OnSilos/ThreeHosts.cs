using LStep.System.Tests;
using LStep.System.Tests.Hosting;

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
    }

    public async Task DisposeAsync()
    {
        foreach (var host in Hosts) await host.DisposeAsync();
    }
}
