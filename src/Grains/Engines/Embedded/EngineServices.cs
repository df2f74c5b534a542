using LStep.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.InProcess;

namespace LStep.Grains;

public static class EngineServices
{
    /// <summary>What this build runs its grains on.</summary>
    public const string Engine = "embedded";

    /// <summary>The embedded engine: grains of this process, reminders and small states in PostgreSQL.</summary>
    public static IHostApplicationBuilder AddEngine(this IHostApplicationBuilder builder, EngineOptions engine)
    {
        builder.Services
            .AddSingleton<IReminderStore, ReminderTable>()
            .AddSingleton<IGrainStateStore, GrainStateTable>()
            .AddInProcessOrleans(options =>
            {
                options.GrainAssemblies.Add(typeof(CustomerGrain).Assembly);
                options.MaxActivations = GrainLimits.ActivationsMax;
                options.RuntimeClock = engine.WallClock;
            });
        return builder;
    }
}
