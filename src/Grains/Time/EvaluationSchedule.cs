using LStep.Grains.Customers;
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
    /// <summary>Each may write its reminder: all at once they would take every connection an engine has for that, and fail.</summary>
    private const int ShardsAtOnceMax = 4;

    private static readonly TimeSpan CallEvery = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = ShardsAtOnceMax, CancellationToken = stoppingToken };
        using var timer = new PeriodicTimer(CallEvery);
        do await Parallel.ForEachAsync(Enumerable.Range(0, Shards.Count), atOnce, Call);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async ValueTask Call(int shard, CancellationToken stopping)
    {
        try
        {
            await grains.GetGrain<IEvaluationGrain>(shard).Start();
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning(
                "Shard {Shard} could not be woken; it is called again in {Seconds} s: {Reason}", shard, CallEvery.TotalSeconds, e.Message);
        }
    }
}
