using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;

namespace LStep.Grains;

public static class EngineServices
{
    private const string Invariant = "Npgsql";

    /// <summary>
    /// Microsoft Orleans: silos find each other, keep reminders and small states in PostgreSQL. Customers are written by the journal
    /// alone and need none of it to be right: two silos that both believe in one are told apart by the version of its row.
    /// </summary>
    public static IHostApplicationBuilder AddEngine(this IHostApplicationBuilder builder, EngineOptions engine)
    {
        EnsureFree(engine.Silo);
        // Its first check reports the time since the machine was started as a stall.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // A warning for every turn that took a second: on a busy machine pages of them, and nothing to be done.
        builder.Logging.AddFilter("Orleans.Runtime.Scheduler", LogLevel.Error);
        // An error with its stack for every call that finds a silo gone; whoever made the call tells of it.
        builder.Logging.AddFilter("Orleans.Messaging", LogLevel.Critical);
        builder.Services.AddSingleton<IFatalErrorHandler, FatalErrors>();
        return builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (ClusterLimits.Name, ClusterLimits.Name))
            .Configure<EndpointOptions>(endpoint =>
            {
                (endpoint.AdvertisedIPAddress, endpoint.SiloPort) = (engine.Silo.Address, engine.Silo.Port);
                endpoint.GatewayPort = 0; // who calls grains is a silo itself
            })
            .UseDoor(engine)
            .UseLStep(engine.Postgres, engine.WallClock));
    }

    /// <summary>All of a silo but where it listens: membership, reminders and small states in PostgreSQL, limits, clocks.</summary>
    public static ISiloBuilder UseLStep(this ISiloBuilder silo, string connectionString, TimeProvider wallClock)
    {
        var pool = new ClusterPool(connectionString);
        var postgres = pool.ConnectionString;
        silo.Services
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(pool)
            // Orleans asks for a clock by area. All but the grains' own are given one that goes evenly: a cluster cannot live on one that
            // stands still or is set back.
            .AddKeyedSingleton<TimeProvider>(KeyedService.AnyKey, new SteadyClock(wallClock))
            .AddKeyedSingleton(TimeProviderNames.Grains, (provider, _) => provider.GetRequiredService<TimeProvider>())
            // Named, so that it does not matter which program the silo runs in.
            .AddSerializer(parts => parts.AddAssembly(typeof(ICustomerGrain).Assembly).AddAssembly(typeof(CustomerGrain).Assembly));
        return silo
            .UseAdoNetClustering(table => (table.Invariant, table.ConnectionString) = (Invariant, postgres))
            .UseAdoNetReminderService(table => (table.Invariant, table.ConnectionString) = (Invariant, postgres))
            .AddAdoNetGrainStorageAsDefault(table => (table.Invariant, table.ConnectionString) = (Invariant, postgres))
            .Configure<ClusterMembershipOptions>(ClusterLimits.Membership)
            .Configure<SiloMessagingOptions>(ClusterLimits.Messaging)
            .Configure<GrainCollectionOptions>(ClusterLimits.Collection);
    }

    /// <summary>
    /// Asked before the cluster is: a silo announces itself first and listens afterwards, so a second one on the same port
    /// would have the first declared dead.
    /// </summary>
    private static void EnsureFree(IPEndPoint endpoint)
    {
        try
        {
            using var listener = new TcpListener(endpoint) { ExclusiveAddressUse = true };
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new IOException($"{endpoint} cannot be the silo's own address ({e.Message}): give a free port with --silo-port and an address of this machine with --advertise.", e);
        }
    }
}
