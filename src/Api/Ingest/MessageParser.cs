using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using LStep.Domain;

namespace LStep.Api.Ingest;

/// <summary>Turns one message into an activity, or says why not. Pure, but for the id of a message that came without one.</summary>
public static class MessageParser
{
    public static ParsedEvent Parse(ReadOnlySpan<byte> body, Reception reception)
    {
        if (body[0] != '{') return new ParsedEvent(null, null, null, Refusal.NotAnObject);
        var message = Message.Read(body);
        var customerId = Id(message, message.UserId);
        var messageId = message.MessageId.Text(body);
        var refusal = Characters.Find(body) ?? Check(message, customerId, messageId);
        if (refusal is null && Activity(message, reception, messageId, out refusal) is { } activity)
            return new ParsedEvent(customerId, activity.MessageId, activity, null);
        return new ParsedEvent(
            Characters.Storable(customerId, Limits.CustomerIdCharsMax), Characters.Storable(messageId, Limits.MessageIdCharsMax), null,
            refusal);
    }

    private static Refusal? Check(in Message message, string? customerId, string? messageId)
    {
        if (message.Body.Length > IngestLimits.EventBytesMax) return Refusal.TooLarge;
        if (Nesting.IsTooDeep(message.Body)) return Refusal.TooDeep;
        if (WrongType(message) is { } wrong) return wrong;
        if (messageId is not null && messageId.MoreThan(Limits.MessageIdCharsMax)) return Refusal.MessageIdTooLong;
        if (customerId is not null && customerId.MoreThan(Limits.CustomerIdCharsMax)) return Refusal.IdTooLong("userId");
        var anonymousId = Id(message, message.AnonymousId);
        if (customerId is null && anonymousId is null) return Refusal.NoId;
        if (anonymousId is not null && anonymousId.MoreThan(IngestLimits.AnonymousIdCharsMax)) return Refusal.IdTooLong("anonymousId");
        var previousId = Id(message, message.PreviousId);
        return previousId is not null && previousId.MoreThan(IngestLimits.AnonymousIdCharsMax) ? Refusal.IdTooLong("previousId") : null;
    }

    private static Refusal? WrongType(in Message message)
    {
        if (NoText(message.UserId)) return Refusal.WrongType("userId", "a text");
        if (NoText(message.AnonymousId)) return Refusal.WrongType("anonymousId", "a text");
        if (NoText(message.PreviousId)) return Refusal.WrongType("previousId", "a text");
        if (NoText(message.MessageId)) return Refusal.WrongType("messageId", "a text");
        if (NoText(message.Event)) return Refusal.WrongType("event", "a text");
        if (NoObject(message.Properties)) return Refusal.WrongType("properties", "an object");
        return NoObject(message.Traits) ? Refusal.WrongType("traits", "an object") : null;

        static bool NoText(Token token) => !token.IsAbsent && !token.IsText;
        static bool NoObject(Token token) => !token.IsAbsent && token.Kind != JsonTokenType.StartObject;
    }

    private static Activity? Activity(in Message message, Reception reception, string? messageId, out Refusal? refusal)
    {
        if ((reception.Kind ?? KindOf(message)) is not { } kind)
        {
            refusal = Refusal.UnknownType;
            return null;
        }
        var (meaning, name) = MeaningOf(message, kind);
        if (!EventTime.TryRead(message, reception, out var occurredAt, out refusal)) return null;
        if (!TryScore(message, meaning.ScoreMax, out var score))
        {
            refusal = Refusal.ScoreOutOfRange(meaning.ScoreMax);
            return null;
        }
        var used = message.Used;
        var isPageView = meaning.Type == ActivityType.PageView;
        return new Activity
        {
            MessageId = string.IsNullOrEmpty(messageId) ? reception.Ids.Next("srv") : messageId,
            Type = meaning.Type,
            Event = name,
            OccurredAt = occurredAt,
            ReceivedAt = reception.Now,
            BatchNumber = reception.Number,
            Subject = (kind == MessageKind.Group ? message.GroupId : used.SubjectOf(meaning.Subject)).Text(message.Body),
            Score = score,
            Final = meaning.Type == ActivityType.AssessmentTaken && IsTrue(message, used.Final),
            CurriculumCompletion = meaning.Completion ? Completion(message, meaning) : null,
            Count = isPageView ? Count(message) : 1,
            Mobile = message.Device.IsMobile(message.Body, used.Device),
            Origin = reception.Origin,
            Properties = Raw(message, kind is MessageKind.Identify or MessageKind.Group ? message.Traits : message.Properties),
            AnonymousId = kind == MessageKind.Alias
                ? Id(message, message.PreviousId) ?? Id(message, message.AnonymousId)
                : Id(message, message.AnonymousId),
        };
    }

    private static (EventMeaning Meaning, string Event) MeaningOf(in Message message, MessageKind kind)
    {
        switch (kind)
        {
            case MessageKind.Identify: return (EventTable.Identify, "");
            case MessageKind.Group: return (EventTable.Group, "");
            case MessageKind.Alias: return (EventTable.Alias, "");
            case MessageKind.Page or MessageKind.Screen:
                return (EventTable.PageView, message.Name.Text(message.Body) ?? message.Used.Name.Text(message.Body) ?? "");
            default:
                var name = message.Event.Text(message.Body) ?? "";
                var meaning = EventTable.Find(name);
                // A page view is known by its page's name, however it was sent.
                return (meaning, meaning.Type == ActivityType.PageView ? message.Used.Name.Text(message.Body) ?? name : name);
        }
    }

    private static MessageKind? KindOf(in Message message)
    {
        if (message.Type.Kind != JsonTokenType.String) return null;
        var type = message.Type.Raw(message.Body);
        return type.SequenceEqual("track"u8) ? MessageKind.Track
            : type.SequenceEqual("identify"u8) ? MessageKind.Identify
            : type.SequenceEqual("page"u8) ? MessageKind.Page
            : type.SequenceEqual("screen"u8) ? MessageKind.Screen
            : type.SequenceEqual("group"u8) ? MessageKind.Group
            : type.SequenceEqual("alias"u8) ? MessageKind.Alias : null;
    }

    /// <summary>An id of blanks is none.</summary>
    private static string? Id(in Message message, Token token) =>
        token.Text(message.Body) is { } id && !string.IsNullOrWhiteSpace(id) ? id : null;

    private static string Raw(in Message message, Token token) =>
        token.Kind == JsonTokenType.StartObject && token.Length > 2 ? System.Text.Encoding.UTF8.GetString(token.Raw(message.Body)) : "{}";

    private static bool TryScore(in Message message, int max, out decimal? score)
    {
        score = null;
        if (max == 0 || message.Used.Score.IsAbsent) return true;
        if (!TryNumber(message, message.Used.Score, out var number) || number < 0 || number > max) return false;
        score = Math.Round(number, IngestLimits.ScoreDecimals, MidpointRounding.AwayFromZero);
        return true;
    }

    private static decimal? Completion(in Message message, EventMeaning meaning) =>
        TryNumber(message, message.Used.CurriculumCompletion, out var number)
            ? Math.Round(Math.Clamp(number, 0, 100), IngestLimits.ScoreDecimals, MidpointRounding.AwayFromZero)
            : meaning.CompletionDefault;

    /// <summary>What is no count is one view: the view itself did happen.</summary>
    private static int Count(in Message message) =>
        TryNumber(message, message.Used.Count, out var number) ? (int)Math.Clamp(number, 1, IngestLimits.PageViewsPerRecordMax) : 1;

    private static bool IsTrue(in Message message, Token token) =>
        token.Kind == JsonTokenType.True
        || (token.IsText && token.Raw(message.Body) is var raw && (raw.SequenceEqual("true"u8) || raw.SequenceEqual("1"u8)));

    /// <summary>A number, or a text that is one.</summary>
    internal static bool TryNumber(in Message message, Token token, out decimal number)
    {
        number = 0;
        if (!token.IsText) return false;
        var raw = token.Raw(message.Body);
        if (Utf8Parser.TryParse(raw, out number, out var read) && read == raw.Length) return true;
        return decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
