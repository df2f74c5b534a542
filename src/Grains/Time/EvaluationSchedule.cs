using LStep.Grains.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace LStep.Grains.Time;

/// <summary>Wakes the shards once the silo serves. Not used under a simulated clock, where only moving the clock makes anything due.</summary>
public sealed class EvaluationSchedule(IGrainFactory grains, ILogger<EvaluationSchedule> log) : BackgroundService
{
    /// <summary>Each writes its reminder: all at once they would take every connection an engine has for that, and fail.</summary>
    private const int ShardsAtOnceMax = 4;

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, Shards.Count), new ParallelOptions { MaxDegreeOfParallelism = ShardsAtOnceMax, CancellationToken = stoppingToken }, Wake);

    /// <summary>Until it succeeds: a shard that sleeps leaves its customers' silence unnoticed, and a silo that ended for it would help nobody.</summary>
    private async ValueTask Wake(int shard, CancellationToken stopping)
    {
        while (true)
            try
            {
                await grains.GetGrain<IEvaluationGrain>(shard).Start();
                return;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("Shard {Shard} could not be woken, and is tried again: {Reason}", shard, e.Message);
                await Task.Delay(TryAgainAfter, stopping);
            }
    }
}
