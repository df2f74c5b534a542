using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;

namespace LStep.Grains;

public static class EngineServices
{
    /// <summary>What this build runs its grains on.</summary>
    public const string Engine = "orleans";

    /// <summary>
    /// Microsoft Orleans: silos find each other, keep reminders and small states in PostgreSQL. Customers are written by the journal
    /// alone and need none of it to be right: two silos that both believe in one are told apart by the version of its row.
    /// </summary>
    public static IHostApplicationBuilder AddEngine(this IHostApplicationBuilder builder, EngineOptions engine)
    {
        var postgres = PoolOf(engine.Postgres);
        builder.Services.KeepBackgroundOn(engine.WallClock);
        // Named, so that it does not matter which program the silo runs in.
        builder.Services.AddSerializer(parts => parts.AddAssembly(typeof(ICustomerGrain).Assembly).AddAssembly(typeof(CustomerGrain).Assembly));
        return builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (ClusterLimits.Name, ClusterLimits.Name));
            silo.Configure<EndpointOptions>(endpoint =>
            {
                (endpoint.AdvertisedIPAddress, endpoint.SiloPort) = (engine.Silo.Address, engine.Silo.Port);
                endpoint.GatewayPort = 0; // who calls grains is a silo itself
            });
            silo.UseAdoNetClustering(table => (table.Invariant, table.ConnectionString) = (Invariant, postgres));
            silo.UseAdoNetReminderService(table => (table.Invariant, table.ConnectionString) = (Invariant, postgres));
            silo.AddAdoNetGrainStorageAsDefault(table => (table.Invariant, table.ConnectionString) = (Invariant, postgres));
            silo.Configure<ClusterMembershipOptions>(ClusterLimits.Membership);
            silo.Configure<SiloMessagingOptions>(ClusterLimits.Messaging);
            silo.Configure<GrainCollectionOptions>(ClusterLimits.Collection);
        });
    }

    private const string Invariant = "Npgsql";

    /// <summary>A pool of the cluster's own: a silo must be able to say that it lives while the product's connections are all busy.</summary>
    private static string PoolOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "lstep-orleans",
        MaxPoolSize = ClusterLimits.ConnectionsMax,
        Timeout = ClusterLimits.ConnectTimeoutSeconds,
        CommandTimeout = ClusterLimits.CommandTimeoutSeconds,
        IncludeErrorDetail = false,
    }.ConnectionString;

    /// <summary>Orleans asks for a clock by area. All but the grains' own stay on the wall clock: a cluster cannot live on a clock that stands still.</summary>
    private static void KeepBackgroundOn(this IServiceCollection services, TimeProvider wallClock) => services
        .AddKeyedSingleton(KeyedService.AnyKey, wallClock)
        .AddKeyedSingleton(TimeProviderNames.Grains, (provider, _) => provider.GetRequiredService<TimeProvider>());
}
