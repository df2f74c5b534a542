using LStep.Grains.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace LStep.Grains.Time;

/// <summary>
/// Keeps the shards awake from every silo. When one dies, the others bring its shards back within this period, where their
/// reminders alone would take a minute. Not used under a simulated clock, where only moving the clock makes anything due.
/// </summary>
public sealed class EvaluationSchedule(IGrainFactory grains, ILogger<EvaluationSchedule> log) : BackgroundService
{
    private static readonly TimeSpan CallEvery = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CallEvery);
        do
            try
            {
                await Task.WhenAll(Enumerable.Range(0, Shards.Count).Select(shard => grains.GetGrain<IEvaluationGrain>(shard).Start()));
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "Not every evaluation shard could be called; the next call is in {Seconds} s", CallEvery.TotalSeconds);
            }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
