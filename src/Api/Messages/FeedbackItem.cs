using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LStep.Api.Ingest;
using LStep.Domain.Campaigning;
using LStep.Domain.Measuring;

namespace LStep.Api.Messages;

/// <summary>One event of a provider, in whatever shape it came.</summary>
/// <param name="Raw">As it came, for the list of what was refused.</param>
public sealed partial record FeedbackItem(string Raw)
{
    /// <summary>The field of our own shape, the header and the custom argument that name the message by the key of its send.</summary>
    internal static readonly string[] KeyNames = ["x-lstep-key", "lstep-key", "lstep_key"];

    public long? ActionId { get; init; }

    /// <summary>The key of the send: a webhook's webhook-id.</summary>
    public Guid? Key { get; init; }

    /// <summary>Null with <see cref="IsOther"/>: a kind of event that nothing is made of.</summary>
    public MessageEvent? Event { get; init; }

    public bool IsOther { get; init; }

    /// <summary>Null where it does not say.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The provider's id of this event: known again when it is sent again.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Of a bounce: another message would bounce as well.</summary>
    public bool IsPermanent { get; init; } = true;

    /// <summary>The provider says itself that a machine did it.</summary>
    public bool IsMachine { get; init; }

    public string? UserAgent { get; init; }
    public string? Url { get; init; }
    public string? Reason { get; init; }
    public Refusal? Refusal { get; init; }

    internal static Refusal NotAnEvent { get; } = new("not_an_object", "An event has to be a JSON object.");

    internal static Refusal NoAction { get; } =
        new("no_action", "The event names no message: it needs actionId, or key as it was given with the message.");

    internal static Refusal UnknownEvent { get; } = new(
        "unknown_event", $"The event has to be one of {string.Join(", ", MessageEvents.All.Select(one => one.Name()))}.");

    /// <summary>Our own shape: docs/messages.md.</summary>
    internal static FeedbackItem Own(JsonElement item)
    {
        var read = new FeedbackItem(item.GetRawText());
        if (item.ValueKind != JsonValueKind.Object) return read with { Refusal = NotAnEvent };
        read = read.Timed(item, Text(item, "at") is null ? "timestamp" : "at") with
        {
            ActionId = Text(item, "actionId") is { } id
                && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
            Key = KeyIn(Text(item, "key") ?? Text(item, "webhookId") ?? Text(item, "webhook-id")),
            Event = EventIn(Text(item, "event") ?? Text(item, "type")),
            ProviderId = Text(item, "id") ?? Text(item, "messageId"),
            IsPermanent = Text(item, "permanent") is not "false",
            IsMachine = Text(item, "machine") is "true",
            UserAgent = Text(item, "userAgent"),
            Url = Text(item, "url"),
            Reason = Text(item, "reason"),
        };
        return read.Refusal is not null ? read : read.Event is null ? read with { Refusal = UnknownEvent } : read;
    }

    /// <summary>As it is named here, or as many providers name it, whichever channel stands before it.</summary>
    private static MessageEvent? EventIn(string? text) => text?.Trim().Split(' ', '.', '_', '-')[^1].ToLowerInvariant() switch
    {
        null => null,
        "delivery" => MessageEvent.Delivered,
        "open" => MessageEvent.Opened,
        "click" => MessageEvent.Clicked,
        "bounce" => MessageEvent.Bounced,
        "complaint" or "spam" or "spamreport" => MessageEvent.Complained,
        "unsubscribe" => MessageEvent.Unsubscribed,
        "conversion" => MessageEvent.Converted,
        var name => MessageEvents.Named(name),
    };

    /// <summary>With the instant of a field: a date or a Unix time, as the ingest reads them; before 2000 it counts as not given.</summary>
    internal FeedbackItem Timed(JsonElement item, string field)
    {
        if (Text(item, field) is not { } text || string.IsNullOrWhiteSpace(text)) return this;
        return Dates.TryRead(text, out var at) ? this with { At = at < Dates.FirstGiven ? null : at }
            : this with { Refusal = Refusal.UnreadableDate(field) };
    }

    /// <summary>The key in a text that may have more around it, such as a Message-ID.</summary>
    internal static Guid? KeyIn(string? text) =>
        text is { Length: < 1_000 } && Uuid().Match(text) is { Success: true, Value: var found } && Guid.TryParse(found, out var key)
            ? key : null;

    /// <summary>A text, or a number or truth as it is written; null for everything else, and where it is not there.</summary>
    internal static string? Text(JsonElement item, string field) =>
        item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(field, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => TextOf(value),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };

    /// <summary>Half of a surrogate pair is no text.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|(?<![0-9a-fA-F])[0-9a-fA-F]{32}(?![0-9a-fA-F])")]
    private static partial Regex Uuid();
}
