using System.Runtime.InteropServices;
using LStep.Grains;
using LStep.Grains.Ingest;
using Orleans;

namespace LStep.Api.Ingest;

/// <summary>
/// Brings kept events of people who are known by now into their customers' logs. They are received now, as far as the
/// customer is concerned, and happened when they happened. Doing it twice at once does no harm: the log knows each by its messageId.
/// </summary>
public sealed class Forwarding(
    IGrainFactory grains, AnonymousActivities anonymous, RejectedEvents rejected, RequestNumbers numbers, TimeProvider clock)
{
    /// <summary>
    /// Forwards everything that waits under those of the ids that are tied; what belongs to customers that cannot be read goes on waiting.
    /// </summary>
    /// <param name="behindUnreadable">
    /// Also what lies behind a whole page of theirs: the sweep looks there once a minute, a request would do so every time.
    /// </param>
    public async Task Forward(IReadOnlyCollection<string> anonymousIds, bool behindUnreadable = false)
    {
        for (var page = await anonymous.Pending(anonymousIds); page.Count > 0; page = await anonymous.Pending(anonymousIds, page[^1]))
        {
            var now = IngestClock.Now(clock);
            var calls = page.GroupBy(p => p.CustomerId).Select(group => Record(group.Key, [.. group], now));
            PendingActivity[] forwarded = [.. (await Task.WhenAll(calls)).SelectMany(done => done)];
            if (forwarded.Length > 0) await anonymous.Forget(forwarded);
            else if (!behindUnreadable) return;
            if (page.Count < KeptLimits.RowsPerPageMax) return;
        }
    }

    /// <summary>Answers what the customer's log has now.</summary>
    private async Task<PendingActivity[]> Record(string customerId, PendingActivity[] pending, DateTimeOffset now)
    {
        try
        {
            PendingActivity[] unknown = [.. pending.Where(p => !p.Known)];
            if (unknown.Length > 0) await RecordUnknown(customerId, unknown, now);
            return pending;
        }
        catch (UnreadableCustomerException)
        {
            return [];
        }
    }

    private async Task RecordUnknown(string customerId, PendingActivity[] pending, DateTimeOffset now)
    {
        var number = numbers.Next(now);
        Activity[] activities = [.. pending.Select(p => p.Activity with { ReceivedAt = now, BatchNumber = number })];
        var receipt = await grains.GetGrain<ICustomerGrain>(customerId).Record(ImmutableCollectionsMarshal.AsImmutableArray(activities));
        RejectedEvent[] refused =
        [
            .. receipt.Items.Zip(activities)
                .Where(x => x.First.Code is not null)
                .Select(x => new RejectedEvent(
                    x.First.Code ?? "refused", x.First.Message ?? "", x.Second.MessageId, customerId,
                    Characters.Storable(x.Second.Properties, KeptLimits.RejectedBodyCharsMax)!, x.Second.AnonymousId)),
        ];
        if (refused.Length > 0) await rejected.Keep(now, refused);
    }
}
