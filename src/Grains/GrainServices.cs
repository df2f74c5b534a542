using LStep.Grains.Analytics;
using LStep.Grains.Analytics.Value;
using LStep.Grains.Campaigns;
using LStep.Grains.Cards;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using LStep.Grains.Evaluations;
using LStep.Grains.Events;
using LStep.Grains.Feeds;
using LStep.Grains.Ingest;
using LStep.Grains.Operations;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.People;
using LStep.Grains.Predictions;
using LStep.Grains.Privacy;
using LStep.Grains.Reviews;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using LStep.Grains.Time.Daily;
using LStep.Grains.Time.Figures;
using LStep.Grains.Transitions;
using LStep.Grains.Trials;
using LStep.Grains.Xapi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans;

namespace LStep.Grains;

public static class GrainServices
{
    /// <summary>
    /// Everything that grains use, and what reads and tells what they store. Needs a PostgresDatabase, a TimeProvider, a
    /// TrainingProgram and logging among the services; Orleans comes with <see cref="SiloBuilding"/>. Under a simulated clock nothing is
    /// due until the clock is moved.
    /// </summary>
    public static IServiceCollection AddGrains(this IServiceCollection services, bool simulatedClock)
    {
        services.TryAddSingleton(Ids.Fresh);
        services.TryAddSingleton(new Retention());
        services
            .AddSingleton<SiloPhase>().AddSingleton(new TroubleLines())
            .AddSingleton<Recounting>().AddSingleton<Tombstones>().AddSingleton<Erasing>().AddSingleton<Exporting>()
            .AddSingleton<Partitions>().AddSingleton<Journal>().AddSingleton<CustomerStore>().AddSingleton<Checks>().AddSingleton<Batches>()
            .AddSingleton<IJournal>(provider => provider.GetRequiredService<Journal>())
            .AddSingleton<ICustomers>(provider => provider.GetRequiredService<CustomerStore>())
            .AddSingleton<RuleSets>().AddSingleton<Settings>().AddSingleton<RulebookSource>().AddSingleton(DueWork)
            .AddSingleton<RejectedEvents>().AddSingleton<AnonymousActivities>().AddSingleton<UnreadableCustomers>().AddSingleton<Tokens>()
            .AddSingleton(new Residents(CustomerLimits.ResidentMax)).AddSingleton<CustomerCalls>()
            .AddSingleton<CardLinks>().AddSingleton<BrowserSessions>()
            .AddSingleton<ProvidedPeople>().AddSingleton<KeyUses>().AddHostedService(provider => provider.GetRequiredService<KeyUses>())
            .AddSingleton<Publication>().AddSingleton(new Spread(simulatedClock ? TimeSpan.Zero : RulebookSource.SpreadWithin))
            .AddSingleton<Migrator>().AddSingleton<DailyRows>().AddSingleton<FigureRows>().AddSingleton<Verify>().AddSingleton<Nodes>()
                .AddSingleton<Readiness>().AddSingleton(new Throughput(() => Environment.TickCount64))
            .AddCampaignPlanning()
            .AddSingleton<ReviewNotes>().AddSingleton<CustomerNotes>().AddSingleton<Undoing>().AddSingleton<Calibrations>()
            .AddSingleton<EventCounts>().AddSingleton<EventCatalogue>()
            .AddHostedService(provider => provider.GetRequiredService<EventCatalogue>())
            .AddHostedService(provider => provider.GetRequiredService<RulebookSource>())
            .AddHostedService<DailyRowsWorker>().AddHostedService<FigureRowsWorker>()
            .AddSingleton<LogRetention>().AddHostedService(provider => provider.GetRequiredService<LogRetention>());
        if (!simulatedClock) services.AddHostedService<EvaluationSchedule>();
        return services.AddReads().AddFeeds().AddTrials().AddAnalytics().AddPredictions(simulatedClock)
            .AddSingleton<RequestedRuns>().AddHostedService(provider => provider.GetRequiredService<RequestedRuns>());
    }

    private static IServiceCollection AddReads(this IServiceCollection services) => services
        .AddSingleton<CustomerReads>().AddSingleton<TimelineReads>().AddSingleton<DailyReads>().AddSingleton<LedgerReads>()
            .AddSingleton<ReviewReads>()
        .AddSingleton<BatchReads>().AddSingleton<RuleSetReads>().AddSingleton<RejectedReads>().AddSingleton<FlagReads>()
        .AddSingleton<AuditReads>().AddSingleton<SavedViews>()
        .AddSingleton<XapiStatements>().AddSingleton<XapiDocuments>().AddSingleton<PeopleByAddress>()
        .AddSingleton<AnalyticsSnapshots>().AddSingleton<TagReads>().AddSingleton<CohortReads>().AddSingleton<RiskReads>()
        .AddSingleton<TodayReads>().AddSingleton<AutomationReads>().AddSingleton<KpiReads>().AddSingleton<KpiGoals>()
        .AddSingleton<WeeklyReads>().AddSingleton<MatrixReads>().AddSingleton<ValueReads>().AddSingleton<ValueModels>()
        .AddSingleton<CampaignCosts>();

    private static IServiceCollection AddTrials(this IServiceCollection services) => services
        .AddSingleton<RuleHistory>().AddSingleton<PastCustomers>().AddSingleton<DryRuns>()
        .AddSingleton<ShadowCounts>().AddSingleton<ShadowReports>()
        .AddHostedService(provider => provider.GetRequiredService<ShadowReports>())
        .AddSingleton<Backtests>().AddSingleton<BacktestPlayer>().AddHostedService<BacktestRuns>();

    private static IServiceCollection AddAnalytics(this IServiceCollection services) => services
        .AddSingleton<Folding>().AddSingleton<AnalyticsFigures>().AddHostedService<AnalyticsWorker>()
        .AddSingleton<ValueFigures>().AddHostedService<ValueWorker>();

    private static IServiceCollection AddPredictions(this IServiceCollection services, bool simulatedClock) => services
        .AddSingleton<PredictionModels>().AddSingleton<PredictionWatch>().AddSingleton<Samples>().AddHostedService<SamplesWorker>()
        .AddSingleton(new TrainingByItself(!simulatedClock)).AddSingleton<TrainingRuns>().AddSingleton<TrainingProcess>()
        .AddSingleton<Training>()
        .AddHostedService<TrainingWorker>();

    private static IServiceCollection AddFeeds(this IServiceCollection services) => services
        .AddSingleton<FeedSignal>().AddSingleton<FeedReads>()
        .AddSingleton<LedgerFeed>().AddHostedService(provider => provider.GetRequiredService<LedgerFeed>())
        .AddSingleton<NewsFeed>().AddHostedService(provider => provider.GetRequiredService<NewsFeed>())
        .AddHostedService<ErasedWatch>();

    private static DueWork DueWork(IServiceProvider provider)
    {
        var (grains, rulebook) = (provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<RulebookSource>());
        return new DueWork(
            provider.GetRequiredService<Checks>(), provider.GetRequiredService<Batches>(),
            (id, upTo, batchId, asked) => grains.GetGrain<ICustomerGrain>(id).CatchUp(upTo, batchId, asked),
            provider.GetRequiredService<Calibrations>().Before, () => rulebook.Current, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DueWork>>(), provider.GetRequiredService<ShadowCounts>().Add, rulebook.Refresh);
    }
}
