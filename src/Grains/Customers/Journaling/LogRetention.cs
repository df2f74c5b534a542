using LStep.Grains.Privacy;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Customers.Journaling;

/// <summary>Lets whole months of the activities log go that were kept long enough, where a setting says how long that is.</summary>
public sealed class LogRetention(Partitions partitions, Retention retention, TimeProvider clock, ILogger<LogRetention> log)
    : RepeatedWork(TimeSpan.FromHours(1), atOnce: true, "Months of the activities log that are old enough could not be cut", log)
{
    protected override Task Once(CancellationToken stopping) => Cut(stopping);

    public async Task Cut(CancellationToken cancel)
    {
        if (retention.ActivitiesFrom(clock.Now()) is not { } from) return;
        foreach (var partition in await partitions.Cut(from, cancel))
            log.LogInformation("{Partition} was kept long enough and is gone", partition);
    }
}
