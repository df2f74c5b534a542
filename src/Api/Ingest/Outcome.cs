namespace LStep.Api.Ingest;

/// <summary>What became of one message of a request. Duplicate is a success: the event is durable already.</summary>
public readonly record struct Outcome(RecordOutcome What, string? MessageId, string? CustomerId, string? Code, string? Message)
{
    public const string NoRoomCode = "too_many_anonymous";

    public bool IsRefused => What == RecordOutcome.Refused;

    /// <summary>Refused, or recorded and refused in part: it is listed among the rejected, and the answer says so.</summary>
    public bool IsListed => Code is not null;

    public static Outcome Refused(ParsedEvent parsed) =>
        new(RecordOutcome.Refused, parsed.MessageId, parsed.CustomerId, parsed.Refusal!.Code, parsed.Refusal.Message);

    public static Outcome Unreadable(ParsedEvent parsed) => new(
        RecordOutcome.Refused, parsed.Activity!.MessageId, parsed.CustomerId, UnreadableCustomerException.Code,
        "What is stored of this customer cannot be read. Send the event again once it is repaired.");

    /// <summary>Nothing that names the person goes any further than the answer.</summary>
    public static Outcome Erased(Activity activity) => new(
        RecordOutcome.Refused, activity.MessageId, null, ErasedCustomerException.Code, ErasedCustomerException.Sentence);

    public static Outcome NoRoom(Activity activity) => new(
        RecordOutcome.Refused, activity.MessageId, null, NoRoomCode,
        "Of people not yet known this key has sent more today than is kept of a day.");

    public static Outcome RefusedByDatabase(ParsedEvent parsed) => new(
        RecordOutcome.Refused, parsed.Activity!.MessageId, parsed.CustomerId, RefusedByDatabaseException.Code,
        RefusedByDatabaseException.Sentence);

    public static Outcome Of(string? customerId, Activity activity, ReceiptItem item) =>
        new(item.Outcome, activity.MessageId, customerId, item.Code, item.Message);
}
