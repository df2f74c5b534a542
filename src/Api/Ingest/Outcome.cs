namespace LStep.Api.Ingest;

/// <summary>What became of one message of a request. Duplicate is a success: the event is durable already.</summary>
public readonly record struct Outcome(RecordOutcome What, string? MessageId, string? CustomerId, string? Code, string? Message)
{
    public bool IsRefused => What == RecordOutcome.Refused;

    /// <summary>Refused, or recorded and refused in part: it is listed among the rejected, and the answer says so.</summary>
    public bool IsListed => Code is not null;

    public static Outcome Refused(ParsedEvent parsed) =>
        new(RecordOutcome.Refused, parsed.MessageId, parsed.CustomerId, parsed.Refusal!.Code, parsed.Refusal.Message);

    public static Outcome Unreadable(ParsedEvent parsed) => new(
        RecordOutcome.Refused, parsed.Activity!.MessageId, parsed.CustomerId, UnreadableCustomerException.Code,
        "What is stored of this customer cannot be read. Send the event again once it is mended.");

    public static Outcome Of(string? customerId, Activity activity, ReceiptItem item) =>
        new(item.Outcome, activity.MessageId, customerId, item.Code, item.Message);
}
