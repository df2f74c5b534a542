using LStep.Grains.Rules;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Time.Figures;

/// <summary>
/// Keeps the figures within a minute of the states. Where activities come so fast that a round takes long, the next one that follows the
/// log comes later: most of the customers are the same, and their figures are made once for all that they did meanwhile. Runs on real time
/// also where the product lives on a simulated clock.
/// </summary>
public sealed class FigureRowsWorker(FigureRows figures, RulebookSource rulebook, TimeProvider clock, ILogger<FigureRowsWorker> log)
    : RepeatedWork(
        TimeSpan.FromSeconds(FiguresLimits.FollowEverySeconds), atOnce: false, "The figures of customers could not follow", log)
{
    private long followsAtMs;

    protected override async Task Once(CancellationToken stopping)
    {
        var beganAtMs = Environment.TickCount64;
        var follows = beganAtMs >= followsAtMs;
        while (await figures.Follow(rulebook.Current, clock.Now(), follows, stopping)) stopping.ThrowIfCancellationRequested();
        if (!follows) return;
        var nowMs = Environment.TickCount64;
        followsAtMs = nowMs + Math.Min((nowMs - beganAtMs) * FiguresLimits.PauseToWork, FiguresLimits.PauseSecondsMax * 1_000);
    }
}
