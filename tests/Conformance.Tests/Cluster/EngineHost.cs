using System.Net;
using LStep.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Serialization;
using Orleans.Storage;

namespace LStep.Conformance;

/// <remarks>
/// One silo of Microsoft Orleans, hosted as production hosts it. Orleans' own test cluster is not used, because it puts an experimental
/// grain directory in the place of the one that production uses.
/// </remarks>
public sealed partial class EngineHost
{
#pragma warning disable RS0030 // Membership, timeouts and idleness must go on while a test's clock stands still.
    private static readonly TimeProvider s_wallClock = TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>Orleans holds a delay of deactivation, which it reckons from the grain's clock, against the machine's: both start alike.</summary>
    internal static ManualTime NewClock() => new(s_wallClock.GetUtcNow());

    private static int s_lastPort = 20_000;

    private static void AddEngine(HostApplicationBuilder builder, EngineSettings settings)
    {
        var reminders = (ReminderRows)(settings.Reminders ??= new ReminderRows());
        var states = (StateRows)(settings.States ??= new StateRows());
        builder.Services
            // Orleans asks for a clock by area: what grains see of time is the test's, all else goes on.
            .AddKeyedSingleton(KeyedService.AnyKey, s_wallClock)
            .AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, settings.Time)
            .AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, new RemindersClock(settings.Time))
            .AddSingleton<IReminderTable>(reminders)
            .AddKeyedSingleton<IGrainStorage>("Default", states)
            .AddSingleton<IGrainStorage>(states)
            .AddKeyedSingleton<IGrainStorage>("progress", states)
            .AddSerializer(parts => parts.AddAssembly(typeof(EngineHost).Assembly));
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(Interlocked.Increment(ref s_lastPort), gatewayPort: 0)
            .AddReminders()
            // A cluster of one sends nothing to its port; so it may listen at any, and hosts side by side do not meet.
            .Configure<EndpointOptions>(endpoint => endpoint.SiloListeningEndpoint = new(IPAddress.Loopback, 0))
            .Configure<SiloMessagingOptions>(messaging =>
            {
                messaging.ResponseTimeout = settings.ResponseTimeout;
                messaging.MaxEnqueuedRequestsHardLimit = settings.MaxEnqueuedRequests;
            })
            .Configure<GrainCollectionOptions>(collection =>
            {
                collection.ActivationTimeout = settings.ActivationTimeout;
                collection.DeactivationTimeout = settings.DeactivationTimeout;
            })
            // It ticks every second by the grains' clock, where tests look for the tick of a grain.
            .Configure<DeploymentLoadPublisherOptions>(load => load.DeploymentLoadPublisherRefreshTime = TimeSpan.Zero)
            .Configure<ReminderOptions>(options =>
            {
                // All reminders are armed at once; by default those ten minutes away or more are read from the table again in time.
                options.ReminderLoadingWindow = TimeSpan.FromDays(1);
                options.RefreshReminderListPeriod = TimeSpan.FromHours(23.9); // no test waits for a timer that is due just then
            }));
    }

    /// <summary>Orleans counts call timeouts on the machine's stopwatch, whatever clock it is given: they pass by themselves.</summary>
#pragma warning disable CA1822 // A member of the host in the other engine.
    public void ExpireCalls() { }
#pragma warning restore CA1822

    /// <summary>Idleness too is counted on the machine's stopwatch; Orleans can be asked to end what is idle right now.</summary>
    public async Task CollectIdle()
    {
        var management = Grains.GetGrain<IManagementGrain>(0);
        var before = await ActivationCount();
        // A caller has its answer slightly before the grain is counted idle.
        do await management.ForceActivationCollection(TimeSpan.Zero);
        while (await ActivationCount() == before);

        async Task<int> ActivationCount() => (await management.GetSimpleGrainStatistics())
            .Where(grains => grains.GrainType.Contains(nameof(Conformance), StringComparison.Ordinal)).Sum(grains => grains.ActivationCount);
    }

    /// <summary>As another process would that holds the same grain.</summary>
    public Task WriteStateElsewhere(GrainId grain, string name, object state)
    {
        ((StateRows)_settings.States!).Overwrite(grain, name, state);
        return Task.CompletedTask;
    }
}
