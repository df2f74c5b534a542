using Microsoft.Extensions.Logging;

namespace LStep.Grains.Analytics;

/// <summary>
/// Lets the figures follow what happens, so that a reader finds little left to count. Runs on real time also where the product lives on a
/// simulated clock.
/// </summary>
public sealed class AnalyticsWorker(AnalyticsFigures figures, ILogger<AnalyticsWorker> log)
    : RepeatedWork(TimeSpan.FromSeconds(1), atOnce: false, "The figures of analytics could not follow the ledger", log)
{
    protected override Task Once(CancellationToken stopping) => figures.Follow(stopping);
}
