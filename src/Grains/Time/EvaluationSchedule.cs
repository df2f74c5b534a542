using LStep.Grains.Customers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace LStep.Grains.Time;

/// <summary>
/// Keeps the shards awake from every silo. When one dies, the others bring its shards back within this period, where their
/// reminders alone would take a minute. Not used under a simulated clock, where only moving the clock makes anything due.
/// </summary>
public sealed class EvaluationSchedule(IGrainFactory grains, TroubleLines troubles, ILogger<EvaluationSchedule> log)
    : RepeatedWork(TimeSpan.FromSeconds(CallSeconds), atOnce: true, "The shards could not be called", log)
{
    /// <summary>Each may write its reminder: all at once they would take every connection that Orleans has for that, and fail.</summary>
    private const int ShardsAtOnceMax = 4;

    private const int CallSeconds = 15;
    private const string WhenItFails = "A shard could not be woken, and is called again";

    protected override Task Once(CancellationToken stopping) => Parallel.ForEachAsync(
        Enumerable.Range(0, Shards.Count), new ParallelOptions { MaxDegreeOfParallelism = ShardsAtOnceMax, CancellationToken = stopping },
        Call);

    private async ValueTask Call(int shard, CancellationToken stopping)
    {
        try
        {
            await grains.GetGrain<IEvaluationGrain>(shard).Start();
            troubles.Went(log, WhenItFails);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            troubles.Failed(log, WhenItFails, e);
        }
    }
}
