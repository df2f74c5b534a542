using LStep.Grains.Feeds;
using LStep.Grains.Storage;
using LStep.Grains.Time;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Grains;

public static class GrainServices
{
    /// <summary>
    /// What the grains live on. Needs a Database, a TimeProvider and logging among the services; the engine comes with
    /// <see cref="EngineServices"/>. Under a simulated clock nothing is due until the clock is moved.
    /// </summary>
    public static IServiceCollection AddGrains(this IServiceCollection services, bool simulatedClock)
    {
        services
            .AddSingleton<SiloPhase>()
            .AddSingleton<Partitions>().AddSingleton<Journal>().AddSingleton<CustomerStore>().AddSingleton<Checks>().AddSingleton<Batches>()
            .AddSingleton<RuleSets>().AddSingleton<Settings>().AddSingleton<RulebookSource>().AddSingleton<DueWork>()
            .AddSingleton<DailyRows>().AddSingleton<Verify>()
            .AddHostedService(provider => provider.GetRequiredService<RulebookSource>())
            .AddHostedService<DailyRowsWorker>();
        if (!simulatedClock) services.AddHostedService<EvaluationSchedule>();
        return services;
    }
}
