using System.Text.Json.Nodes;
using LStep.Api.Http;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Feedback;

namespace LStep.Api.Messages;

/// <summary>When and by which request something became known; see <see cref="Activity.BatchNumber"/>.</summary>
internal readonly record struct Received(DateTimeOffset At, long Number);

/// <summary>What became of a message, as an activity of the customer it went to: the ingest knows the same names.</summary>
internal static class MessageActivities
{
    /// <param name="messageId">Deterministic: what comes twice is known as a duplicate.</param>
    /// <param name="further">Properties beside those that name the message.</param>
    public static Activity Of(
        MessageAction action, MessageEvent what, string messageId, DateTimeOffset at, Received received, JsonObject? further = null)
    {
        var properties = new JsonObject
        {
            ["actionId"] = action.Id.ToString(), ["campaign"] = action.Campaign, ["step"] = action.Step,
            ["channel"] = action.Channel.Name(),
        };
        foreach (var (name, value) in further ?? []) properties[name] = value?.DeepClone();
        return new Activity
        {
            MessageId = messageId,
            Type = what.Activity(),
            Event = $"{Word(action.Channel)} {Word(what)}",
            OccurredAt = at,
            ReceivedAt = received.At,
            BatchNumber = received.Number,
            Subject = what.Activity() == ActivityType.Unsubscribed ? ConsentOf(action.Channel) : action.Id.ToString(),
            Properties = properties.ToJsonString(Json.Options),
        };
    }

    /// <summary>What an unsubscribed activity withdraws. A channel without a consent of its own withdraws all.</summary>
    private static string ConsentOf(Channel channel) => MessageConsents.Of(channel)?.Name() ?? "all";

    private static string Word(Channel channel) => channel switch
    {
        Channel.Email => "Email",
        Channel.Push => "Push",
        Channel.InApp => "In-App",
        _ => "Message",
    };

    private static string Word(MessageEvent what) => what switch
    {
        MessageEvent.Delivered => "Delivered",
        MessageEvent.Opened => "Opened",
        MessageEvent.Clicked => "Clicked",
        MessageEvent.Bounced => "Bounced",
        MessageEvent.Complained => "Marked as Spam",
        MessageEvent.Unsubscribed => "Unsubscribed",
        MessageEvent.Converted => "Converted",
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };
}
