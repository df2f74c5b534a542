using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LStep.Api.Ingest;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Domain.Measuring;
using LStep.Grains.Campaigns.Feedback;
using LStep.Grains.Ingest;
using Orleans;

namespace LStep.Api.Messages;

/// <summary>
/// Makes the events of one request durable: each is an activity of the customer whom the message went to, or in the list of what was
/// refused. A message that bounced for good or was marked as spam ends the mails that need consent.
/// </summary>
public sealed class FeedbackIntake(
    IGrainFactory grains, MessageReads reads, MessageCounts counts, RejectedEvents rejected, RequestNumbers numbers, IngestOptions options,
    TimeProvider clock)
{
    private static Refusal UnknownAction { get; } = new("unknown_action", "No message that was sent has this actionId or key.");

    private static Refusal WrongChannel { get; } = new("wrong_channel", "The message was sent by another channel than the address names.");

    /// <remarks>
    /// What it throws may be transient: what was recorded by then will be known as a duplicate when the request comes again.
    /// </remarks>
    public async Task<Outcome[]> Take(FeedbackItem[] items, Channel channel, string keyId)
    {
        var now = IngestClock.Now(clock);
        var received = new Received(now, numbers.Next(now));
        var actions = await Actions(items);
        var outcomes = new Outcome[items.Length];
        var events = new List<Told>();
        for (var i = 0; i < items.Length; i++)
            if (items[i] is { IsOther: true, Refusal: null }) outcomes[i] = new Outcome(RecordOutcome.Accepted, null, null, null, null);
            else if (Refused(items[i], actions[i], channel) is { } refusal) outcomes[i] = Refused(items[i], refusal);
            else events.Add(new Told(i, actions[i]!, items[i], received, isTimed: !options.SimulatedClock));
        // One call per customer, all at once, as the ingest does.
        await Task.WhenAll(events.GroupBy(one => one.Action.CustomerId, StringComparer.Ordinal).Select(
            group => Record(group.Key, [.. group], outcomes)));
        var (fresh, known) = (events.Where(one => Is(one, RecordOutcome.Accepted)), events.Where(one => Is(one, RecordOutcome.Duplicate)));
        await counts.Add([.. fresh.Select(one => one.Seen)], known: false);
        await counts.Add([.. known.Select(one => one.Seen)], known: true);
        await KeepRejected(items, outcomes, now, keyId);
        return outcomes;

        bool Is(Told one, RecordOutcome what) => outcomes[one.Index].What == what;
    }

    private async Task<MessageAction?[]> Actions(FeedbackItem[] items)
    {
        var ids = items.Select(item => item.ActionId).OfType<long>().Distinct().ToArray();
        var keys = items.Select(item => item.Key).OfType<Guid>().Distinct().ToArray();
        if (ids.Length + keys.Length == 0) return new MessageAction?[items.Length];
        var found = await reads.Actions(ids, keys);
        var (byId, byKey) = (found.ToDictionary(action => action.Id), found.ToDictionary(action => action.Key));
        return
        [
            .. items.Select(item => item.ActionId is { } id && byId.TryGetValue(id, out var action) ? action
                : item.Key is { } key ? byKey.GetValueOrDefault(key) : null),
        ];
    }

    private static Refusal? Refused(FeedbackItem item, MessageAction? action, Channel channel) =>
        item.Refusal ?? (item.Event is null ? FeedbackItem.UnknownEvent
            : item.ActionId is null && item.Key is null ? FeedbackItem.NoAction
            : action is null ? UnknownAction
            : action.Channel != channel ? WrongChannel : null);

    private static Outcome Refused(FeedbackItem item, Refusal refusal) => new(
        RecordOutcome.Refused, Characters.Storable(item.ProviderId, Limits.MessageIdCharsMax), null, refusal.Code,
        refusal.Message);

    private async Task Record(string customerId, Told[] events, Outcome[] outcomes)
    {
        var activities = events.SelectMany(one => one.Activities).ToImmutableArray();
        Receipt receipt;
        try
        {
            receipt = await grains.GetGrain<ICustomerGrain>(customerId).Record(activities);
        }
        catch (UnreadableCustomerException)
        {
            foreach (var one in events)
                outcomes[one.Index] = Outcome.Unreadable(new ParsedEvent(customerId, null, one.Activities[0], null));
            return;
        }
        var at = 0;
        foreach (var one in events)
        {
            outcomes[one.Index] = Outcome.Of(customerId, one.Activities[0], receipt.Items[at]);
            at += one.Activities.Length;
        }
    }

    private async Task KeepRejected(FeedbackItem[] items, Outcome[] outcomes, DateTimeOffset now, string keyId)
    {
        RejectedEvent[] refused =
        [
            .. outcomes.Zip(items).Where(pair => pair.First.IsListed).Select(pair => new RejectedEvent(
                pair.First.Code!, pair.First.Message ?? pair.First.Code!, pair.First.MessageId, pair.First.CustomerId,
                pair.First.Code == ErasedCustomerException.Code ? ""
                    : Characters.Storable(pair.Second.Raw, KeptLimits.RejectedBodyCharsMax)!)),
        ];
        if (refused.Length > 0) await rejected.Keep(now, refused, keyId);
    }

    /// <summary>One event that is recorded.</summary>
    private sealed record Told
    {
        private const int TextCharsMax = 500;

        public Told(int index, MessageAction action, FeedbackItem item, Received received, bool isTimed)
        {
            (Index, Action) = (index, action);
            var at = item.At is { } told && told < received.At ? told : received.At;
            var what = item.Event!.Value;
            var rule = what is MessageEvent.Opened or MessageEvent.Clicked
                ? MachineTraffic.Judge(new MessageHit(
                    what, action.Channel, item.UserAgent, SinceSent: isTimed && item.At is not null ? at - action.SentAt : null)) : null;
            var isMachine = item.IsMachine || rule is not null;
            var further = new JsonObject { ["by"] = "provider" };
            if (isMachine) (further["machine"], further["machineRule"]) = (true, rule?.Name ?? "provider");
            if (what == MessageEvent.Bounced) further["permanent"] = item.IsPermanent;
            if (Cut(item.Url) is { } url) further["url"] = url;
            if (Cut(item.Reason) is { } reason) further["reason"] = reason;
            var mark = item.ProviderId is { } id ? $"{Hashes.Of(id):x16}"
                : item.At is { } instant ? $"{instant.ToUnixTimeMilliseconds()}" : "once";
            var messageId = $"message-{action.Id}-{what.Name()}-{mark}";
            Seen = new SeenEvent(action.Id, what, isMachine, at);
            var activity = MessageActivities.Of(action, what, messageId, at, received, further);
            // Mail to an address that is none is sent to nobody, and harms all that is sent to others.
            Activities = what == MessageEvent.Bounced && item.IsPermanent && action.Channel == Channel.Email
                ? [activity, MessageActivities.Of(
                    action, MessageEvent.Unsubscribed, messageId + "-ends", at, received,
                    new JsonObject { ["by"] = "provider", ["reason"] = "bounced" })]
                : [activity];
        }

        public int Index { get; }

        public MessageAction Action { get; }

        public Activity[] Activities { get; }

        public SeenEvent Seen { get; }

        private static string? Cut(string? text) => Characters.Storable(text, TextCharsMax) is { Length: > 0 } kept ? kept : null;
    }
}
