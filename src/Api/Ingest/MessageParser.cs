using System.Text;
using System.Text.Json;
using LStep.Domain;

namespace LStep.Api.Ingest;

/// <summary>
/// Turns one message into an activity, or says why not. Pure, but for the id of a message that came without one. Senders are many, so what
/// a message has too much or of the wrong kind is left out, and only what cannot be placed at all is refused.
/// </summary>
public static class MessageParser
{
    /// <param name="body">One JSON value; characters inside its texts may be any.</param>
    public static ParsedEvent Parse(ReadOnlySpan<byte> body, Reception reception)
    {
        if (body[0] != '{') return new ParsedEvent(null, null, null, Refusal.NotAnObject);
        // Nothing is copied of what is too large.
        var isTooLarge = body.Length > IngestLimits.EventBytesMax;
        var message = Message.Read(isTooLarge ? body : Characters.Mended(body));
        var kind = reception.Kind ?? KindOf(message);
        var sender = SenderIds.Read(message, kind == MessageKind.Alias, out var refusal);
        var messageId = message.MessageId.Text(message.Body);
        if (isTooLarge) refusal = Refusal.TooLarge;
        else if (messageId is not null && messageId.MoreThan(Limits.MessageIdCharsMax)) refusal = Refusal.MessageIdTooLong;
        else if (refusal is null && kind is null) refusal = Refusal.UnknownType;
        var trackName = kind == MessageKind.Track ? message.Event.Text(message.Body) ?? "" : null;
        if (refusal is null && Activity(message, kind!.Value, trackName, sender, messageId, reception, out refusal) is { } activity)
            return new ParsedEvent(
                sender.UserId, activity.MessageId, activity, null) { TrackName = trackName, AnonymousId = sender.AnonymousId };
        return new ParsedEvent(
            Characters.Storable(sender.UserId, Limits.CustomerIdCharsMax), Characters.Storable(messageId, Limits.MessageIdCharsMax), null,
            refusal) { AnonymousId = sender.AnonymousId };
    }

    private static Activity? Activity(
        in Message message, MessageKind kind, string? trackName, SenderIds sender, string? messageId, Reception reception,
        out Refusal? refusal)
    {
        var (meaning, name) = MeaningOf(message, kind, trackName, reception);
        if (!EventTime.TryRead(message, reception, out var occurredAt, out refusal)) return null;
        var used = message.Used;
        decimal? score = null;
        if (meaning.ScoreMax > 0 && !Numbers.TryScore(message, used.Score, meaning.ScoreMax, out score))
        {
            refusal = Refusal.ScoreOutOfRange(meaning.ScoreMax);
            return null;
        }
        return new Activity
        {
            MessageId = string.IsNullOrWhiteSpace(messageId) ? reception.Ids.Next("srv") : messageId,
            Type = meaning.Type,
            Event = name,
            OccurredAt = occurredAt,
            ReceivedAt = reception.Now,
            BatchNumber = reception.Number,
            Subject = meaning.Channel ?? Given(message, kind == MessageKind.Group ? message.GroupId : used.SubjectOf(meaning.Subject)),
            Score = score,
            Final = meaning.Type == ActivityType.AssessmentTaken && Numbers.IsYes(message, used.Final),
            CurriculumCompletion = meaning.Completion ? Completion(message, meaning) : null,
            Count = meaning.Type == ActivityType.PageView ? Count(message) : 1,
            Mobile = message.Device.IsMobile(message.Body, used.Device),
            Origin = reception.Origin,
            Properties = Bag(message, kind is MessageKind.Identify or MessageKind.Group ? message.Traits : message.Properties),
            AnonymousId = sender.AnonymousId,
        };
    }

    private static (EventMeaning Meaning, string Event) MeaningOf(
        in Message message, MessageKind kind, string? trackName, Reception reception)
    {
        switch (kind)
        {
            case MessageKind.Identify: return (EventTable.Identify, "");
            case MessageKind.Group: return (EventTable.Group, "");
            case MessageKind.Alias: return (EventTable.Alias, "");
            case MessageKind.Page or MessageKind.Screen:
                return (EventTable.PageView, message.Name.Text(message.Body) ?? message.Used.Name.Text(message.Body) ?? "");
            default:
                var meaning = EventNames.MeaningOf(trackName, reception.Decided);
                // A page view is known by its page's name, however it was sent.
                return (meaning, meaning.Type == ActivityType.PageView ? message.Used.Name.Text(message.Body) ?? trackName! : trackName!);
        }
    }

    /// <summary>Where the type is missing or none that is known, what else the message has may say it.</summary>
    private static MessageKind? KindOf(in Message message)
    {
        var type = message.Type.Kind == JsonTokenType.String ? message.Type.Raw(message.Body).Trim(" "u8) : default;
        return Ascii.EqualsIgnoreCase(type, "track"u8) ? MessageKind.Track
            : Ascii.EqualsIgnoreCase(type, "identify"u8) ? MessageKind.Identify
            : Ascii.EqualsIgnoreCase(type, "page"u8) ? MessageKind.Page
            : Ascii.EqualsIgnoreCase(type, "screen"u8) ? MessageKind.Screen
            : Ascii.EqualsIgnoreCase(type, "group"u8) ? MessageKind.Group
            : Ascii.EqualsIgnoreCase(type, "alias"u8) ? MessageKind.Alias
            : !message.Event.IsMissing(message.Body) ? MessageKind.Track
            : message.GroupId.IsText ? MessageKind.Group
            : message.PreviousId.IsText ? MessageKind.Alias
            : message.Traits.Kind == JsonTokenType.StartObject ? MessageKind.Identify : null;
    }

    /// <summary>The object as it came; what came in its place and is none has nothing that could be kept by a name.</summary>
    private static string Bag(in Message message, Token token) =>
        token.Kind == JsonTokenType.StartObject && token.Length > 2 ? Nesting.Shallow(token.Raw(message.Body)) : "{}";

    /// <summary>An empty text is a missing value.</summary>
    private static string? Given(in Message message, Token token) =>
        token.Text(message.Body) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static decimal? Completion(in Message message, EventMeaning meaning) =>
        Numbers.TryRead(message, message.Used.CurriculumCompletion, out var number)
            ? Numbers.Rounded(Math.Clamp(number, 0, 100))
            : meaning.CompletionDefault;

    /// <summary>What is no count is one view: the view itself did happen.</summary>
    private static int Count(in Message message) =>
        Numbers.TryRead(message, message.Used.Count, out var number) ? (int)Math.Clamp(number, 1, IngestLimits.PageViewsPerRecordMax) : 1;
}
