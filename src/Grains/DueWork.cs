using LStep.Domain;
using LStep.Grains.Storage;
using Microsoft.Extensions.Logging;

namespace LStep.Grains;

/// <summary>
/// What time alone makes due. Customers are evaluated in bulk from their rows; only those whose tag or review would
/// change are called. Under the wall clock each shard runs its own part; under a simulated clock one caller runs all shards,
/// in the order of the due instants.
/// </summary>
public sealed class DueWork(
    Checks checks, Batches batches, IGrainFactory grains, IRulebookSource rulebook, TimeProvider clock, ILogger<DueWork> log)
{
    /// <summary>Does everything that became due up to an instant, midnight by midnight.</summary>
    public async Task RunDue(ShardRange shards, DateTimeOffset upTo, CancellationToken cancel)
    {
        var calendar = rulebook.Current.Calendar;
        var settled = await batches.LastDailyMidnight(cancel);
        for (var midnight = calendar.NextMidnight(settled ?? upTo.AddDays(-1)); midnight <= upTo; midnight = calendar.NextMidnight(midnight))
        {
            await RunChecks(shards, midnight, cancel);
            await RunDaily(shards, midnight, cancel);
        }
        await RunChecks(shards, upTo, cancel);
    }
}
