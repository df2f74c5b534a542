namespace LStep.Api.Messages;

/// <summary>
/// What became of a message, as a provider or a platform tells it; for the OpenAPI document: the endpoint reads it leniently by itself.
/// </summary>
/// <param name="Event">delivered, opened, clicked, bounced, complained, unsubscribed or converted.</param>
/// <param name="ActionId">The action's id; or the key.</param>
/// <param name="Key">The key that was given with the message: a webhook's webhook-id.</param>
/// <param name="At">When it happened; now without one.</param>
/// <param name="Id">The provider's id of this event: sent again it changes nothing.</param>
/// <param name="Permanent">Of a bounce: for good, which ends marketing mail to the customer. True without one.</param>
/// <param name="Machine">A privacy proxy or a link scanner did it.</param>
public sealed record MessageFeedback(
    string Event, string? ActionId = null, string? Key = null, DateTimeOffset? At = null, string? Id = null, bool? Permanent = null,
    bool? Machine = null, string? UserAgent = null, string? Url = null, string? Reason = null);

/// <summary>One event, an array of them, or this; at most 1,000.</summary>
public sealed record FeedbackBatch(IReadOnlyList<MessageFeedback> Events)
{
    internal static FeedbackBatch Example { get; } = new(
    [
        new MessageFeedback("delivered", "4711", At: new DateTimeOffset(2026, 3, 10, 9, 30, 0, TimeSpan.Zero), Id: "e-1"),
        new MessageFeedback("bounced", "4712", Permanent: true, Reason: "550 no such user"),
    ]);
}
