using Orleans;

namespace LStep;

/// <summary>
/// One of 64 shards of the population. Its reminder keeps it awake; a timer finds the customers of the shard
/// whose next check has come and runs its part of the daily batch. Key: 0 to 63.
/// </summary>
[Alias("lstep.evaluation")]
public interface IEvaluationGrain : IGrainWithIntegerKey
{
    /// <summary>Wakes it: registers the reminder and starts the timer, where that has not been done.</summary>
    [Alias("start")] Task Start();
}
