using LStep.Grains.Rules;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Time.Figures;

/// <summary>
/// Keeps the figures within a minute of the states. Runs on real time also where the product lives on a simulated clock.
/// </summary>
public sealed class FigureRowsWorker(FigureRows figures, RulebookSource rulebook, TimeProvider clock, ILogger<FigureRowsWorker> log)
    : RepeatedWork(
        TimeSpan.FromSeconds(FiguresLimits.FollowEverySeconds), atOnce: false, "The figures of customers could not follow", log)
{
    protected override async Task Once(CancellationToken stopping)
    {
        while (await figures.Follow(rulebook.Current, clock.Now(), stopping)) stopping.ThrowIfCancellationRequested();
    }
}
