using LStep.Grains.Rules;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Trials;

/// <summary>
/// Plays the backtests that were asked for, on every process that has nothing better to do with a part of its processors; who dies leaves
/// its shard to the others, or to itself when it is back.
/// </summary>
public sealed class BacktestRuns(
    Backtests backtests, BacktestPlayer player, RulebookSource rulebook, TimeProvider clock, SiloPhase phase, ILogger<BacktestRuns> log)
    : RepeatedWork(TimeSpan.FromSeconds(LookSeconds), atOnce: false, "A backtest could not go on; it is tried again", log)
{
    private const int LookSeconds = 2;

    protected override Task Once(CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, TrialLimits.ShardsAtOnceMax).Select(_ => Task.Run(() => Play(stopping), stopping)));

    private async Task Play(CancellationToken stopping)
    {
        while (!phase.IsDraining && await backtests.TakePage(
            rulebook.Current.Calendar, clock.Now(), player, stopping, rulebook.Current.Model)) { }
    }
}
