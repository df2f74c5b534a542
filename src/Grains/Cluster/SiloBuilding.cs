using System.Net;
using LStep.Grains.Customers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;

namespace LStep.Grains.Cluster;

public static class SiloBuilding
{
    private const string Invariant = "Npgsql";

    /// <summary>
    /// Microsoft Orleans: silos find each other and keep reminders in PostgreSQL; one on a simulated clock is alone and has none. Customers
    /// are written by the journal alone and need none of it to be right: of two silos that hold one only one can commit, by the version
    /// of its row.
    /// </summary>
    public static IHostApplicationBuilder AddCluster(this IHostApplicationBuilder builder, ClusterSettings settings)
    {
        // Its first check reports the time since the machine was started as a stall.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // A warning for every turn that took a second: on a busy machine pages of them, and nothing to be done.
        builder.Logging.AddFilter("Orleans.Runtime.Scheduler", LogLevel.Error);
        // An error with its stack for every call that finds a silo gone; whoever made the call tells of it.
        builder.Logging.AddFilter("Orleans.Messaging", LogLevel.Critical);
        // An error with its stack and the customer's id for every customer that cannot be read from the database; the caller tells of it.
        builder.Logging.AddFilter("Orleans.Grain", LogLevel.Critical);
        // A warning with its stack for every stranger at the port; Handshakes has a line a minute for him.
        builder.Logging.AddFilter("Orleans.Connections.Security.TlsServerConnectionMiddleware", LogLevel.Error);
        builder.Services.AddSingleton(settings.Claim).AddHostedService<ClaimKeeper>();
        return builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (ClusterLimits.Name, ClusterLimits.Name))
                .Configure<EndpointOptions>(endpoint =>
                {
                    (endpoint.AdvertisedIPAddress, endpoint.SiloPort) = (settings.Silo.Address, settings.Silo.Port);
                    endpoint.GatewayPort = 0; // who calls grains is a silo itself
                })
                .UseSiloAccess(settings)
                .UseLStep(settings.WallClock, settings.EndProcess);
            if (settings.Claim.IsAlone) silo.UseDevelopmentClustering(primarySiloEndpoint: null);
            else silo.UsePostgres(settings.Postgres);
        });
    }

    /// <summary>All of a silo but where it listens and who it meets: limits, clocks, what is sent.</summary>
    /// <param name="endProcess">As in <see cref="ClusterSettings.EndProcess"/>.</param>
    public static ISiloBuilder UseLStep(this ISiloBuilder silo, TimeProvider wallClock, Action? endProcess = null)
    {
        silo.Services
            .AddSingleton<IFatalErrorHandler>(provider => new FatalErrors(provider, endProcess))
            // Orleans asks for a clock by area. All but the grains' own are given one that goes evenly: a cluster cannot live on one that
            // stands still or is set back.
            .AddKeyedSingleton<TimeProvider>(KeyedService.AnyKey, new SteadyClock(wallClock))
            .AddKeyedSingleton(TimeProviderNames.Grains, (provider, _) => provider.GetRequiredService<TimeProvider>())
            // Named, so that it does not matter which program the silo runs in.
            .AddSerializer(parts => parts.AddAssembly(typeof(ICustomerGrain).Assembly).AddAssembly(typeof(CustomerGrain).Assembly));
        return silo
            .Configure<ClusterMembershipOptions>(ClusterLimits.Membership)
            .Configure<SiloMessagingOptions>(ClusterLimits.Messaging)
            .Configure<GrainCollectionOptions>(ClusterLimits.Collection);
    }

    /// <summary>A member of the cluster of its database, with reminders.</summary>
    public static ISiloBuilder UsePostgres(this ISiloBuilder silo, string connectionString)
    {
        var pool = new ClusterPool(connectionString);
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(pool);
        return silo
            .UseAdoNetClustering(table => (table.Invariant, table.ConnectionString) = (Invariant, pool.ConnectionString))
            .UseAdoNetReminderService(table => (table.Invariant, table.ConnectionString) = (Invariant, pool.ConnectionString));
    }
}
