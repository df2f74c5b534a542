using System.Runtime.InteropServices;
using LStep.Grains;
using LStep.Grains.Database;
using LStep.Grains.Ingest;
using Orleans;

namespace LStep.Api.Ingest;

/// <summary>
/// Brings kept events of people who are known by now into their customers' logs. They are received now, as far as the
/// customer is concerned, and happened when they happened. Doing it twice at once does no harm: the log knows each by its messageId.
/// </summary>
public sealed class Forwarding(IGrainFactory grains, AnonymousActivities anonymous, RejectedEvents rejected, TimeProvider clock)
{
    /// <summary>Forwards everything that waits under those of the ids that are tied.</summary>
    public async Task Forward(IReadOnlyCollection<string> anonymousIds)
    {
        while (true)
        {
            var page = await anonymous.Pending(anonymousIds);
            if (page.Count == 0) return;
            var now = IngestClock.Now(clock);
            await Task.WhenAll(page.Where(p => !p.Known).GroupBy(p => p.CustomerId).Select(group => Record(group.Key, [.. group], now)));
            await anonymous.Forget(page);
            if (page.Count < StorageLimits.RowsPerPageMax) return;
        }
    }

    private async Task Record(string customerId, PendingActivity[] pending, DateTimeOffset now)
    {
        Activity[] activities = [.. pending.Select(p => p.Activity with { ReceivedAt = now })];
        var receipt = await grains.GetGrain<ICustomerGrain>(customerId).Record(ImmutableCollectionsMarshal.AsImmutableArray(activities));
        RejectedEvent[] refused =
        [
            .. receipt.Items.Zip(activities)
                .Where(x => x.First.Outcome == RecordOutcome.Refused)
                .Select(x => new RejectedEvent(
                    x.First.Code ?? "refused", x.First.Message ?? "", x.Second.MessageId, customerId,
                    Characters.Storable(x.Second.Properties, StorageLimits.RejectedBodyCharsMax)!)),
        ];
        if (refused.Length > 0) await rejected.Keep(now, refused);
    }
}
