using System.Runtime.InteropServices;
using System.Text;
using LStep.Grains.Ingest;
using Orleans;

namespace LStep.Api.Ingest;

/// <summary>Makes the events of one request durable. When Take returns, every event is in a log or in the list of refused ones.</summary>
public sealed class Intake(IGrainFactory grains, AnonymousActivities anonymous, Forwarding forwarding, RejectedEvents rejected)
{
    /// <remarks>
    /// What it throws may be <see cref="TransientFailure"/>: a queue full, the database or another silo away. What was recorded by then
    /// will be known as a duplicate when the request comes again.
    /// </remarks>
    public async Task<Outcome[]> Take(ParsedEvent[] events, ReadOnlyMemory<byte> body, Envelope envelope, DateTimeOffset now)
    {
        var outcomes = new Outcome[events.Length];
        var customers = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var unknown = new List<int>();
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].Activity is null) outcomes[i] = Outcome.Refused(events[i]);
            else if (events[i].CustomerId is not { } customerId) unknown.Add(i);
            else if (customers.TryGetValue(customerId, out var indexes)) indexes.Add(i);
            else customers.Add(customerId, [i]);
        }

        // One call per customer, all at once: they gather in the journal's next commits. Their number is bounded by the request's.
        var work = new List<Task>(customers.Count + 1);
        foreach (var (customerId, indexes) in customers) work.Add(Record(customerId, indexes, events, outcomes));
        if (unknown.Count > 0) work.Add(Keep(unknown, events, outcomes, now));
        await Task.WhenAll(work);

        await Tie(events, outcomes, now);
        await KeepRefused(outcomes, body, envelope, now);
        return outcomes;
    }

    private async Task Record(string customerId, List<int> indexes, ParsedEvent[] events, Outcome[] outcomes)
    {
        var activities = new Activity[indexes.Count];
        for (var i = 0; i < activities.Length; i++) activities[i] = events[indexes[i]].Activity!;
        Receipt receipt;
        try
        {
            receipt = await grains.GetGrain<ICustomerGrain>(customerId).Record(ImmutableCollectionsMarshal.AsImmutableArray(activities));
        }
        catch (UnreadableCustomerException) when (indexes.Count < events.Length)
        {
            // Others' events are in the request: a 503 would have it sent again and again, and hold up whatever is queued behind it.
            foreach (var i in indexes) outcomes[i] = Outcome.Unreadable(events[i]);
            return;
        }
        for (var i = 0; i < activities.Length; i++) outcomes[indexes[i]] = Outcome.Of(customerId, activities[i], receipt.Items[i]);
    }

    /// <summary>
    /// Keeps events of people not yet known. Only then looks for ties, so that an identify that comes at the same time is not missed.
    /// </summary>
    private async Task Keep(List<int> indexes, ParsedEvent[] events, Outcome[] outcomes, DateTimeOffset now)
    {
        var activities = indexes.ConvertAll(i => events[i].Activity!);
        var kept = await anonymous.Keep(now, activities);
        foreach (var i in indexes)
        {
            var activity = events[i].Activity!;
            var isNew = kept.Remove((activity.AnonymousId!, activity.MessageId));
            outcomes[i] = Outcome.Of(null, activity, new ReceiptItem(isNew ? RecordOutcome.Accepted : RecordOutcome.Duplicate));
        }
        await forwarding.Forward([.. activities.Select(a => a.AnonymousId!).Distinct()]);
    }

    private async Task Tie(ParsedEvent[] events, Outcome[] outcomes, DateTimeOffset now)
    {
        Dictionary<string, string>? ties = null;
        for (var i = 0; i < events.Length; i++)
        {
            if (outcomes[i].IsRefused) continue;
            if (events[i] is not { CustomerId: { } customerId, Activity: { AnonymousId: { } anonymousId } activity }) continue;
            if (activity.Type is not (ActivityType.Identify or ActivityType.Alias) || anonymousId == customerId) continue;
            (ties ??= new(StringComparer.Ordinal)).TryAdd(anonymousId, customerId);
        }
        if (ties is null) return;
        await anonymous.Tie(now, [.. ties.Select(tie => (tie.Key, tie.Value))]);
        await forwarding.Forward(ties.Keys);
    }

    private async Task KeepRefused(Outcome[] outcomes, ReadOnlyMemory<byte> body, Envelope envelope, DateTimeOffset now)
    {
        List<RejectedEvent>? refused = null;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var outcome = outcomes[i];
            if (!outcome.IsRefused) continue;
            var code = outcome.Code ?? "refused";
            (refused ??= []).Add(new RejectedEvent(
                code, outcome.Message ?? code, outcome.MessageId, outcome.CustomerId, TextOf(body.Span[envelope.Messages[i]])));
        }
        if (refused is not null) await rejected.Keep(now, refused);
    }

    private static string TextOf(ReadOnlySpan<byte> message) =>
        Characters.Storable(
            Encoding.UTF8.GetString(message[..Math.Min(message.Length, KeptLimits.RejectedBodyCharsMax * 4)]),
            KeptLimits.RejectedBodyCharsMax)!;
}
