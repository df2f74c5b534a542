using System.Runtime.InteropServices;
using System.Text;
using LStep.Domain;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Ingest;
using LStep.Grains.Privacy;

namespace LStep.Api.Ingest;

/// <summary>Makes the events of one request durable. When Take returns, every event is in a log or in the list of refused ones.</summary>
public sealed class Intake(
    CustomerCalls customers, AnonymousActivities anonymous, Forwarding forwarding, RejectedEvents rejected, Tombstones tombstones)
{
    /// <remarks>
    /// What it throws may be <see cref="TransientFailure"/>: a queue full, the database or another silo away. What was recorded by then
    /// will be known as a duplicate when the request comes again.
    /// </remarks>
    public async Task<Outcome[]> Take(ParsedEvent[] events, ReadOnlyMemory<byte> body, Envelope envelope, Reception reception)
    {
        var outcomes = new Outcome[events.Length];
        await LeaveOutErased(events, outcomes);
        var known = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var unknown = new List<int>();
        for (var i = 0; i < events.Length; i++)
        {
            if (outcomes[i].IsListed) continue;
            if (events[i].Activity is null) outcomes[i] = Outcome.Refused(events[i]);
            else if (events[i].CustomerId is not { } customerId) unknown.Add(i);
            else if (known.TryGetValue(customerId, out var indexes)) indexes.Add(i);
            else known.Add(customerId, [i]);
        }

        // One call per customer, all at once: they gather in the journal's next commits. Their number is bounded by the request's.
        var calls = known.Select(one => (Indexes: one.Value, Receipt: Record(one.Key, one.Value, events))).ToList();
        var keeping = unknown.Count > 0 ? Keep(unknown, events, outcomes, reception) : Task.CompletedTask;
        var all = Task.WhenAll([.. calls.Select(call => call.Receipt), keeping]);
        await all.WaitAsync(GrainLimits.CallMax).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!all.IsCompleted) throw new TimeoutException("The events were not recorded in time.");
        await keeping;
        foreach (var (indexes, receipt) in calls) await Tell(indexes, receipt, events, outcomes);

        await Tie(events, outcomes, reception.Now);
        await KeepRejected(events, outcomes, body, envelope, reception);
        return outcomes;
    }

    /// <summary>
    /// The device of somebody who was erased may be used by another: that one's events are taken without the device's id. An alias of
    /// the erased id would bring it back, and is refused.
    /// </summary>
    private async Task LeaveOutErased(ParsedEvent[] events, Outcome[] outcomes)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parsed in events)
            if (parsed is { CustomerId: not null, Activity.AnonymousId: { } id }) ids.Add(id);
        if (ids.Count == 0) return;
        var erased = await tombstones.Among(ids);
        if (erased.Count == 0) return;
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i] is not { CustomerId: not null, Activity: { AnonymousId: { } id } activity } || !erased.Contains(id)) continue;
            if (activity.Type == ActivityType.Alias) outcomes[i] = Outcome.Erased(activity);
            else events[i] = events[i] with { Activity = activity with { AnonymousId = null } };
        }
    }

    private Task<Receipt> Record(string customerId, List<int> indexes, ParsedEvent[] events)
    {
        var activities = new Activity[indexes.Count];
        for (var i = 0; i < activities.Length; i++) activities[i] = events[indexes[i]].Activity!;
        return customers.Record(customerId, ImmutableCollectionsMarshal.AsImmutableArray(activities));
    }

    private static async Task Tell(List<int> indexes, Task<Receipt> recorded, ParsedEvent[] events, Outcome[] outcomes)
    {
        try
        {
            var items = (await recorded).Items;
            for (var i = 0; i < items.Length; i++)
            {
                var parsed = events[indexes[i]];
                outcomes[indexes[i]] = Outcome.Of(parsed.CustomerId, parsed.Activity!, items[i]);
            }
        }
        catch (UnreadableCustomerException) when (indexes.Count < events.Length)
        {
            // Others' events are in the request: a 503 would have it sent again and again, and hold up whatever is queued behind it.
            foreach (var i in indexes) outcomes[i] = Outcome.Unreadable(events[i]);
        }
    }

    /// <summary>
    /// Keeps events of people not yet known. Only then looks for ties, so that an identify that comes at the same time is not missed.
    /// </summary>
    private async Task Keep(List<int> indexes, ParsedEvent[] events, Outcome[] outcomes, Reception reception)
    {
        var activities = indexes.ConvertAll(i => events[i].Activity!);
        KeptActivities kept;
        try
        {
            kept = await anonymous.Keep(reception.Now, activities, reception.KeyId);
        }
        catch (RefusedByDatabaseException) when (indexes.Count > 1)
        {
            // By halves, until the one that is refused stands alone.
            await Keep(indexes[..(indexes.Count / 2)], events, outcomes, reception);
            await Keep(indexes[(indexes.Count / 2)..], events, outcomes, reception);
            return;
        }
        catch (RefusedByDatabaseException)
        {
            outcomes[indexes[0]] = Outcome.RefusedByDatabase(events[indexes[0]]);
            return;
        }
        foreach (var i in indexes)
        {
            var activity = events[i].Activity!;
            if (kept.Erased.Contains((activity.AnonymousId!, activity.MessageId)))
            {
                outcomes[i] = Outcome.Erased(activity);
                continue;
            }
            if (kept.NoRoom.Contains((activity.AnonymousId!, activity.MessageId)))
            {
                outcomes[i] = Outcome.NoRoom(activity);
                continue;
            }
            var isNew = kept.New.Remove((activity.AnonymousId!, activity.MessageId));
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

    /// <summary>Those that were refused, and those of which a part was left out.</summary>
    private async Task KeepRejected(
        ParsedEvent[] events, Outcome[] outcomes, ReadOnlyMemory<byte> body, Envelope envelope, Reception reception)
    {
        List<RejectedEvent>? refused = null;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var outcome = outcomes[i];
            if (!outcome.IsListed || outcome.Code == Outcome.NoRoomCode) continue; // those without room are counted already
            var code = outcome.Code ?? "refused";
            (refused ??= []).Add(code == ErasedCustomerException.Code
                ? new RejectedEvent(code, ErasedCustomerException.Sentence, null, null, "")
                : new RejectedEvent(
                    code, outcome.Message ?? code, outcome.MessageId, outcome.CustomerId, TextOf(body.Span[envelope.Messages[i]]),
                    events[i].AnonymousId));
        }
        if (refused is not null) await rejected.Keep(reception.Now, refused, reception.KeyId);
    }

    private static string TextOf(ReadOnlySpan<byte> message) =>
        Characters.Storable(
            Encoding.UTF8.GetString(message[..Math.Min(message.Length, KeptLimits.RejectedBodyCharsMax * 4)]),
            KeptLimits.RejectedBodyCharsMax)!;
}
