using Microsoft.Extensions.Logging;

namespace LStep.Grains.Recommendations;

/// <summary>
/// Makes recommendations once a business day, some minutes after a process has started or the day has changed: nobody waits for them.
/// </summary>
public sealed class RecommendationWorker(RecommendationMaking making, SiloPhase phase, ILogger<RecommendationWorker> log)
    : RepeatedWork(TimeSpan.FromMinutes(LookMinutes), atOnce: false, "Recommendations could not be made; it is tried again", log)
{
    private const int LookMinutes = 5;

    protected override Task Once(CancellationToken stopping) => phase.IsDraining ? Task.CompletedTask : making.OfTheDay(stopping);
}
