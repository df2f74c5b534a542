using LStep.Grains.Privacy;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Feeds;

/// <summary>
/// What the feeds still have in memory of somebody who was erased, on whichever silo, loses its name within seconds: who comes back over
/// the hub and reads on from before is told that somebody moved, and not who.
/// </summary>
internal sealed class ErasedWatch(
    LedgerFeed ledger, NewsFeed news, IEnumerable<KeptNames> others, Tombstones tombstones, ILogger<ErasedWatch> log)
    : RepeatedWork(TimeSpan.FromSeconds(FeedLimits.ErasedPollSeconds), atOnce: true, "The live feed could not look for the erased", log)
{
    private long seen = -1;

    protected override async Task Once(CancellationToken stopping)
    {
        var erasures = await tombstones.Erasures(stopping);
        // What was erased before the start was never in memory.
        if (seen >= 0 && erasures != seen) await Forget(await ledger.Transitions.WaitAsync(stopping), stopping);
        seen = erasures;
    }

    private async Task Forget(Ring<Transition> transitions, CancellationToken cancel)
    {
        KeptNames[] kept =
        [
            KeptNames.In(transitions, row => row.CustomerId, row => row with { CustomerId = KeptNames.Nobody }),
            KeptNames.In(
                news.Ring, item => item.Review?.CustomerId,
                item => item with { Review = item.Review! with { CustomerId = KeptNames.Nobody, Reasons = [], OpenedReasons = [] } }),
            .. others,
        ];
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var names in kept) names.AddTo(ids);
        var erased = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(FeedLimits.LedgerRowsPerReadMax)) erased.UnionWith(await tombstones.Among(some, cancel));
        foreach (var names in kept) names.Forget(erased);
        ledger.Recount();
    }
}
