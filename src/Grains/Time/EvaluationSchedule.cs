using LStep.Grains.Storage;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace LStep.Grains.Time;

/// <summary>Wakes the shards once the silo serves. Not used under a simulated clock, where only moving the clock makes anything due.</summary>
public sealed class EvaluationSchedule(IGrainFactory grains) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Shards.Count).Select(shard => grains.GetGrain<IEvaluationGrain>(shard).Start()));
}
