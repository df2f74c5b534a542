using System.Text.Json;
using LStep.Domain.Campaigning;

namespace LStep.Api.Messages;

/// <summary>
/// SendGrid's event webhook: an array of events. The message is known by the custom argument lstep_key, or by the Message-ID that we gave
/// it (smtp-id).
/// </summary>
internal static class SendGridFeedback
{
    public static bool Is(JsonElement body) =>
        body.ValueKind == JsonValueKind.Array && body.EnumerateArray().Any(item => FeedbackItem.Text(item, "sg_event_id") is not null);

    public static IEnumerable<FeedbackItem> Read(JsonElement body) => body.EnumerateArray().Select(Of);

    private static FeedbackItem Of(JsonElement item)
    {
        var raw = new FeedbackItem(item.GetRawText());
        if (item.ValueKind != JsonValueKind.Object) return raw with { Refusal = FeedbackItem.NotAnEvent };
        var kind = FeedbackItem.Text(item, "event");
        MessageEvent? what = kind switch
        {
            "delivered" => MessageEvent.Delivered,
            "open" => MessageEvent.Opened,
            "click" => MessageEvent.Clicked,
            "bounce" or "dropped" => MessageEvent.Bounced,
            "spamreport" => MessageEvent.Complained,
            "unsubscribe" or "group_unsubscribe" => MessageEvent.Unsubscribed,
            _ => null,
        };
        var isOther = kind is "processed" or "deferred" or "group_resubscribe";
        raw = raw.Timed(item, "timestamp");
        return raw with
        {
            Event = what,
            IsOther = isOther,
            Refusal = raw.Refusal ?? (what is null && !isOther ? FeedbackItem.UnknownEvent : null),
            Key = FeedbackItem.KeyNames.Select(name => FeedbackItem.KeyIn(FeedbackItem.Text(item, name)))
                    .FirstOrDefault(key => key is not null)
                ?? FeedbackItem.KeyIn(FeedbackItem.Text(item, "smtp-id")),
            ProviderId = FeedbackItem.Text(item, "sg_event_id"),
            // A block passes; a drop repeats what was known already, and its reason says why.
            IsPermanent = kind == "bounce" && FeedbackItem.Text(item, "type") is null or "bounce",
            IsMachine = FeedbackItem.Text(item, "sg_machine_open") is "true",
            UserAgent = FeedbackItem.Text(item, "useragent"),
            Url = FeedbackItem.Text(item, "url"),
            Reason = FeedbackItem.Text(item, "reason"),
        };
    }
}
