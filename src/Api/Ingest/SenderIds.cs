using System.Text.Json;
using LStep.Domain;

namespace LStep.Api.Ingest;

/// <summary>Who a message says it is of.</summary>
/// <param name="UserId">The customer's id, or null.</param>
/// <param name="AnonymousId">Null also where it is a placeholder, too long or no text: it then ties nobody to anybody.</param>
internal readonly record struct SenderIds(string? UserId, string? AnonymousId)
{
    /// <summary>Of an alias the anonymous id is the previous one, where it has one.</summary>
    public static SenderIds Read(in Message message, bool alias, out Refusal? refusal)
    {
        var userId = Text(message, message.UserId);
        var anonymousId = Anonymous(message, message.AnonymousId, "anonymousid");
        var isObject = message.UserId.IsContainer && !message.UserId.IsEmptyContainer(message.Body);
        if (isObject || (userId is not null && Placeholders.IsUser(userId, "userid"))) (userId, refusal) = (null, Refusal.PlaceholderId);
        else if (userId is not null && userId.MoreThan(Limits.CustomerIdCharsMax)) refusal = Refusal.IdTooLong("userId");
        else if (userId is not null || anonymousId is not null) refusal = null;
        else refusal = TooLong(message) ? Refusal.IdTooLong("anonymousId") : Refusal.NoId;
        return new SenderIds(userId, (alias ? Anonymous(message, message.PreviousId, "previousid") : null) ?? anonymousId);
    }

    private static string? Anonymous(in Message message, Token token, string field) =>
        Text(message, token) is { } id && !Placeholders.IsAnonymous(id, field) && !id.MoreThan(IngestLimits.AnonymousIdCharsMax)
            ? id : null;

    private static bool TooLong(in Message message) =>
        Text(message, message.AnonymousId) is { } id && id.MoreThan(IngestLimits.AnonymousIdCharsMax);

    /// <summary>A text or number that is not blank; true and false as the words they are.</summary>
    private static string? Text(in Message message, Token token) =>
        token.Kind is JsonTokenType.True ? "true" : token.Kind is JsonTokenType.False ? "false"
        : token.Text(message.Body) is { } id && !string.IsNullOrWhiteSpace(id) ? id : null;
}
