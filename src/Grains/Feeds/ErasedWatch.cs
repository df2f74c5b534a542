using LStep.Grains.Privacy;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Feeds;

/// <summary>
/// What the feeds still have in memory of somebody who was erased, on whichever silo, loses its name within seconds: who comes back over
/// the hub and reads on from before is told that somebody moved, and not who.
/// </summary>
public sealed class ErasedWatch(LedgerFeed ledger, NewsFeed news, Tombstones tombstones, ILogger<ErasedWatch> log)
    : RepeatedWork(TimeSpan.FromSeconds(FeedLimits.ErasedPollSeconds), atOnce: true, "The live feed could not look for the erased", log)
{
    private const string Nobody = "";
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
        var ids = new HashSet<string>(StringComparer.Ordinal);
        transitions.Replace(transition => Seen(transition, transition.CustomerId));
        news.Ring.Replace(item => Seen(item, item.Review?.CustomerId ?? item.Action?.CustomerId));
        var erased = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(FeedLimits.LedgerRowsPerReadMax)) erased.UnionWith(await tombstones.Among(some, cancel));
        transitions.Replace(transition => erased.Contains(transition.CustomerId) ? transition with { CustomerId = Nobody } : transition);
        news.Ring.Replace(item => item switch
        {
            { Review: { } review } when erased.Contains(review.CustomerId) =>
                item with { Review = review with { CustomerId = Nobody, Reasons = [], OpenedReasons = [] } },
            { Action: { } action } when erased.Contains(action.CustomerId) => item with { Action = action with { CustomerId = Nobody } },
            _ => item,
        });
        ledger.Recount();

        T Seen<T>(T item, string? customerId)
        {
            if (customerId is not null) ids.Add(customerId);
            return item;
        }
    }
}
