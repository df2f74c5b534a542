using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Ingest;
using LStep.Grains.Operations;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using LStep.Grains.Time.Daily;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;

namespace LStep.Grains;

public static class GrainServices
{
    /// <summary>
    /// What the grains live on. Needs a Database, a TimeProvider and logging among the services; Orleans comes with
    /// <see cref="EngineServices"/>. Under a simulated clock nothing is due until the clock is moved.
    /// </summary>
    public static IServiceCollection AddGrains(this IServiceCollection services, bool simulatedClock)
    {
        services
            .AddSingleton<SiloPhase>()
            .AddSingleton<Partitions>().AddSingleton<Journal>().AddSingleton<CustomerStore>().AddSingleton<Checks>().AddSingleton<Batches>()
            .AddSingleton<IJournal>(provider => provider.GetRequiredService<Journal>())
            .AddSingleton<ICustomers>(provider => provider.GetRequiredService<CustomerStore>())
            .AddSingleton<RuleSets>().AddSingleton<Settings>().AddSingleton<RulebookSource>().AddSingleton(DueWork)
            .AddSingleton<RejectedEvents>().AddSingleton<UnreadableCustomers>()
            .AddSingleton<DailyRows>().AddSingleton<Verify>()
            .AddHostedService(provider => provider.GetRequiredService<RulebookSource>())
            .AddHostedService<DailyRowsWorker>();
        if (!simulatedClock) services.AddHostedService<EvaluationSchedule>();
        return services;
    }

    private static DueWork DueWork(IServiceProvider provider)
    {
        var (grains, rulebook) = (provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<RulebookSource>());
        return new DueWork(
            provider.GetRequiredService<Checks>(), provider.GetRequiredService<Batches>(),
            (id, upTo, batchId, asked) => grains.GetGrain<ICustomerGrain>(id).CatchUp(upTo, batchId, asked),
            () => rulebook.Current, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DueWork>>());
    }
}
