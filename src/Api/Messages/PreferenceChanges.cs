using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Domain.Measuring;
using LStep.Grains.Campaigns.Feedback;
using Orleans;

namespace LStep.Api.Messages;

/// <summary>
/// Carries out what a person chose by a link, in the one way in which a customer changes: as activities of the customer's own, with message
/// ids that say what was chosen over what, so that a repeat is a duplicate and a choice that was taken back meanwhile is a new one.
/// </summary>
public sealed class PreferenceChanges(IGrainFactory grains, MessageCounts counts, RequestNumbers numbers, TimeProvider clock)
{
    /// <summary>One click ends the messages of the link's channel.</summary>
    /// <returns>False where nobody is there any more.</returns>
    public Task<bool> Withdraw(MessagePreferences before, Channel channel)
    {
        var consent = MessageConsents.Of(channel);
        var off = MessageConsents.All.Where(one => (consent is null || one == consent) && before.On[one]).ToArray();
        if (off.Length == 0) return Task.FromResult(true);
        var received = Now();
        var activity = MessageActivities.Of(
            before.Action with { Channel = channel }, MessageEvent.Unsubscribed, IdOf(before, off, "unsubscribed"),
            NotBefore(before, off, received.At), received, new JsonObject { ["by"] = "one_click" });
        return Record(before.Action, activity, received.At, isWithdrawal: true);
    }

    /// <returns>False where nobody is there any more.</returns>
    public Task<bool> Choose(MessagePreferences before, ImmutableDictionary<MessageConsent, bool> wanted)
    {
        var changed = MessageConsents.All.Where(one => before.On[one] != wanted[one]).ToArray();
        if (changed.Length == 0) return Task.FromResult(true);
        var received = Now();
        var consents = new JsonObject();
        foreach (var consent in changed) consents[consent.Name()] = wanted[consent];
        var activity = new Activity
        {
            MessageId = IdOf(before, changed, string.Join(',', changed.Select(one => wanted[one]))),
            Type = ActivityType.Identify,
            OccurredAt = NotBefore(before, changed, received.At),
            ReceivedAt = received.At,
            BatchNumber = received.Number,
            Properties = new JsonObject { ["consent"] = consents }.ToJsonString(Json.Options),
        };
        return Record(before.Action, activity, received.At, Array.Exists(changed, one => !wanted[one]));
    }

    private async Task<bool> Record(MessageAction action, Activity activity, DateTimeOffset at, bool isWithdrawal)
    {
        var receipt = await grains.GetGrain<ICustomerGrain>(action.CustomerId).Record([activity]);
        var outcome = receipt.Items[0].Outcome;
        if (isWithdrawal && outcome == RecordOutcome.Accepted)
            await counts.Add([new SeenEvent(action.Id, MessageEvent.Unsubscribed, false, at)], known: false);
        return outcome != RecordOutcome.Refused;
    }

    private Received Now()
    {
        var now = IngestClock.Now(clock);
        return new Received(now, numbers.Next(now));
    }

    /// <summary>What was said last by a clock that runs ahead must not win over what the person says now.</summary>
    private static DateTimeOffset NotBefore(MessagePreferences before, MessageConsent[] consents, DateTimeOffset now) =>
        consents.Select(before.StampOf).OfType<Stamp>().Select(stamp => stamp.At.AddMilliseconds(1)).Append(now).Max();

    private static string IdOf(MessagePreferences before, MessageConsent[] consents, string wanted)
    {
        var over = string.Join('|', consents.Select(one => $"{one.Name()} {before.StampOf(one)?.At:O} {before.StampOf(one)?.MessageId}"));
        return $"message-{before.Action.Id}-preferences-{Hashes.Of($"{wanted}|{over}"):x16}";
    }
}
