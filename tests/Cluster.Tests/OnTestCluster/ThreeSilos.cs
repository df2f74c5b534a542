using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains;
using LStep.Grains.Cluster;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using LStep.Silo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace LStep.Cluster.Tests.OnTestCluster;

/// <summary>
/// The product's grains on three silos of Orleans' TestCluster, over a real PostgreSQL: members, reminders and states are in its tables,
/// and the grain directory is the one that production uses, not the experimental one that the builder would put in.
/// </summary>
public sealed class ThreeSilos : IAsyncLifetime
{
    private const string Postgres = "LStepPostgres";

    public TestCluster Cluster { get; private set; } = null!;

    public string ConnectionString { get; private set; } = "";

    public IEnumerable<IServiceProvider> Providers => Cluster.Silos.Select(silo => Cluster.GetSiloServiceProvider(silo.SiloAddress));

    public async Task InitializeAsync()
    {
        ConnectionString = await PostgresFixture.FreshDatabase();
        await using (var database = new PostgresDatabase(ConnectionString))
            await new RuleSets(database).Publish(new RuleSet(1, "system", Wall.Now, DefaultRules.Rules), "first", batchId: null);
        var builder = new TestClusterBuilder(3);
        Assert.Equal(1, builder.Options.SiloBuilderConfiguratorTypes.RemoveAll(
            type => type!.Contains("DistributedGrainDirectory", StringComparison.Ordinal)));
        builder.Options.UseTestClusterMembership = false;
        builder.Options.ConfigureFileLogging = false;
        builder.Properties[Postgres] = ConnectionString;
        builder.AddSiloBuilderConfigurator<Silo>();
        builder.AddClientBuilderConfigurator<Client>();
        Cluster = builder.Build();
        await Cluster.DeployAsync();
        await MembershipSettled.UntilEachKnowsAll([.. Providers]);
    }

    public async Task DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }

    public sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            var postgres = siloBuilder.Configuration[Postgres]!;
            siloBuilder.UseLStep(Wall.Clock).UsePostgres(postgres);
            siloBuilder.Services.AddSingleton(Wall.Clock).AddSingleton(_ => new PostgresDatabase(postgres))
                .AddSingleton(LStepSilo.TrainingProgram).AddGrains(simulatedClock: false);
            siloBuilder.AddStartupTask(
                (services, cancel) => services.GetRequiredService<RulebookSource>().Open(BusinessCalendar.Utc, cancel));
        }
    }

    public sealed class Client : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) => clientBuilder
            .UseAdoNetClustering(table => (table.Invariant, table.ConnectionString) = ("Npgsql", configuration[Postgres]!))
            .Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
    }
}
