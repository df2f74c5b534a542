using LStep.Domain;

namespace LStep.Api.Ingest;

/// <summary>Why one event was not taken: a snake_case code and a sentence for people.</summary>
public sealed record Refusal(string Code, string Message)
{
    /// <summary>Those of a message that is sent alone, and of what is stored of its customer.</summary>
    public static IEnumerable<string> Codes { get; } =
    [
        "unknown_type", "no_id", "placeholder_id", "id_too_long", "message_id_too_long", "event_too_large", "unreadable_date",
        "score_out_of_range", "in_the_future", Outcome.NoRoomCode, UnreadableCustomerException.Code, RefusedByDatabaseException.Code,
    ];

    public static Refusal NotAnObject { get; } = new("not_an_object", "A message of a batch has to be a JSON object.");

    public static Refusal UnknownType { get; } =
        new("unknown_type", "The type has to be track, identify, page, screen, group or alias, and nothing else says which it is.");

    public static Refusal NoId { get; } = new("no_id", "The event has neither a userId nor an anonymousId.");

    public static Refusal PlaceholderId { get; } =
        new("placeholder_id", "The userId is what senders write where they have none, such as undefined or null.");

    public static Refusal TooLarge { get; } =
        new("event_too_large", $"The event is larger than {IngestLimits.EventBytesMax / 1024} KB.");

    public static Refusal MessageIdTooLong { get; } =
        new("message_id_too_long", $"The messageId has more than {Limits.MessageIdCharsMax} characters.");

    public static Refusal InTheFuture { get; } =
        new("in_the_future", $"The event's time is more than {IngestLimits.AheadMinutesMax} minutes ahead of the simulated clock.");

    public static Refusal IdTooLong(string field) =>
        new("id_too_long", $"The {field} has more than {Limits.CustomerIdCharsMax} characters.");

    public static Refusal UnreadableDate(string field) =>
        new("unreadable_date", $"{field} is no ISO-8601 date nor a Unix time.");

    public static Refusal ScoreOutOfRange(int max) =>
        new("score_out_of_range", $"The score is not within 0 to {max}.");
}
