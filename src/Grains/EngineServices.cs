using LStep.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.InProcess;

namespace LStep.Grains;

public static class EngineServices
{
    /// <summary>The embedded engine: grains of this process, reminders and small states in PostgreSQL.</summary>
    /// <param name="wallClock">The engine's timeouts and idleness follow it, also where the product lives on a simulated clock.</param>
    public static IServiceCollection AddEngine(this IServiceCollection services, TimeProvider wallClock) => services
        .AddSingleton<IReminderStore, ReminderTable>()
        .AddSingleton<IGrainStateStore, GrainStateTable>()
        .AddInProcessOrleans(options =>
        {
            options.GrainAssemblies.Add(typeof(CustomerGrain).Assembly);
            options.MaxActivations = GrainLimits.ActivationsMax;
            options.RuntimeClock = wallClock;
        });
}
