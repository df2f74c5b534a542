using System.Text.Json;
using LStep.Api.Ingest;
using LStep.Domain.Campaigning;

namespace LStep.Api.Messages;

/// <summary>
/// Amazon SES by an SNS topic: one notification a request, whose Message is the event as JSON text (event publishing has eventType,
/// feedback notifications have notificationType). The message is known by our header or tag, or by the Message-ID that we gave it.
/// </summary>
internal static class SesFeedback
{
    private static Refusal Confirm { get; } = new(
        "subscription_to_confirm", "SNS asks whether this address wants its notifications. Open the SubscribeURL of the event once.");

    public static bool Is(JsonElement body) =>
        FeedbackItem.Text(body, "Type") is "Notification" or "SubscriptionConfirmation" or "UnsubscribeConfirmation"
            && FeedbackItem.Text(body, "TopicArn") is not null
        || IsEvent(body);

    public static IEnumerable<FeedbackItem> Read(JsonElement body)
    {
        var raw = new FeedbackItem(body.GetRawText());
        // Raw message delivery: the event without the notification around it.
        if (IsEvent(body)) return [Of(raw, body, null)];
        if (FeedbackItem.Text(body, "Type") != "Notification") return [raw with { Refusal = Confirm }];
        try
        {
            using var inner = JsonDocument.Parse(FeedbackItem.Text(body, "Message") ?? "");
            return [Of(raw, inner.RootElement, FeedbackItem.Text(body, "MessageId"))];
        }
        catch (JsonException)
        {
            return [raw with { Refusal = FeedbackItem.NotAnEvent }];
        }
    }

    private static bool IsEvent(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("mail", out var mail) && mail.ValueKind == JsonValueKind.Object
        && KindOf(body) is not null;

    private static string? KindOf(JsonElement body) =>
        FeedbackItem.Text(body, "eventType") ?? FeedbackItem.Text(body, "notificationType");

    private static FeedbackItem Of(FeedbackItem raw, JsonElement body, string? notification)
    {
        var kind = KindOf(body);
        MessageEvent? what = kind switch
        {
            "Delivery" => MessageEvent.Delivered,
            "Open" => MessageEvent.Opened,
            "Click" => MessageEvent.Clicked,
            "Bounce" or "Reject" => MessageEvent.Bounced,
            "Complaint" => MessageEvent.Complained,
            "Subscription" => MessageEvent.Unsubscribed,
            _ => null,
        };
        var part = body.ValueKind == JsonValueKind.Object && kind is not null && body.TryGetProperty(kind.ToLowerInvariant(), out var found)
            ? found : default;
        var item = part.ValueKind == JsonValueKind.Object ? raw.Timed(part, "timestamp") : raw;
        return item with
        {
            Event = what,
            IsOther = what is null && kind is "Send" or "DeliveryDelay" or "Rendering Failure",
            Refusal = item.Refusal ?? (kind is null ? FeedbackItem.NotAnEvent : null),
            Key = body.TryGetProperty("mail", out var mail) ? KeyOf(mail) : null,
            ProviderId = FeedbackItem.Text(part, "feedbackId") ?? notification,
            // Undetermined may be a full mailbox as well: only what is said to be for good is.
            IsPermanent = FeedbackItem.Text(part, "bounceType") == "Permanent",
            UserAgent = FeedbackItem.Text(part, "userAgent"),
            Url = FeedbackItem.Text(part, "link"),
            Reason = FeedbackItem.Text(part, "bounceSubType") ?? FeedbackItem.Text(part, "complaintFeedbackType"),
        };
    }

    private static Guid? KeyOf(JsonElement mail)
    {
        if (mail.ValueKind != JsonValueKind.Object) return null;
        if (mail.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Object)
            foreach (var tag in tags.EnumerateObject())
                if (IsKey(tag.Name) && tag.Value is { ValueKind: JsonValueKind.Array } values && values.GetArrayLength() > 0
                    && values[0].ValueKind == JsonValueKind.String && FeedbackItem.KeyIn(values[0].GetString()) is { } key)
                    return key;
        var id = (Guid?)null;
        if (mail.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Array)
            foreach (var header in headers.EnumerateArray())
                if (FeedbackItem.Text(header, "name") is { } name && FeedbackItem.KeyIn(FeedbackItem.Text(header, "value")) is { } value)
                    if (IsKey(name)) return value;
                    else if (name.Equals("Message-ID", StringComparison.OrdinalIgnoreCase)) id = value;
        return id;
    }

    private static bool IsKey(string name) =>
        Array.Exists(FeedbackItem.KeyNames, one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
}
