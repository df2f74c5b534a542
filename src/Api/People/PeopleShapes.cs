using LStep.Api.Http;
using LStep.Grains.People;

namespace LStep.Api.People;

/// <param name="Role">ingest, viewer, success or admin.</param>
/// <param name="ExpiresAt">When the key stops working by itself; never without one.</param>
public sealed record NewKey(string? Name = null, string? Role = null, DateTimeOffset? ExpiresAt = null);

/// <param name="Token">The secret, told this once: only its SHA-256 is kept.</param>
public sealed record MadeKey(string Id, string Name, string Role, string Token, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <param name="Id">To end it: DELETE /api/keys/{key}/sessions/{id}.</param>
public sealed record SessionRow(Guid Id, DateTimeOffset OpenedAt, DateTimeOffset UsedAt, DateTimeOffset ExpiresAt)
{
    public static SessionRow Of(ListedSession session) => new(session.Id, session.OpenedAt, session.UsedAt, session.ExpiresAt);
}

/// <param name="Kind">
/// key; link for a one-time sign-in link that can still be used or whose session stands; person for somebody who signs in by the OpenID
/// Connect provider.
/// </param>
/// <param name="CreatedBy">A person's name, or "command line"; null where the server made it of its settings.</param>
/// <param name="LastUsedAt">To within a minute; null when it never was.</param>
/// <param name="UsedAt">When a link was used.</param>
/// <param name="Sessions">Browsers that are signed in with it.</param>
public sealed record KeyRow(
    string Id, string Name, string Role, string Kind, DateTimeOffset CreatedAt, string? CreatedBy, DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt, DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt, IReadOnlyList<SessionRow> Sessions)
{
    public static KeyRow Of(ListedKey key) => new(
        key.Id, key.Name, Tokens.NameOf(key.Role), key.OneTime ? "link" : key.IsPerson ? "person" : "key", key.CreatedAt, key.CreatedBy,
        key.ExpiresAt, key.LastUsedAt, key.UsedAt, key.RevokedAt, [.. key.Sessions.Select(SessionRow.Of)]);
}

/// <param name="Who">The name of the key or person, "command line", or "sign-in provider" for what that one says of somebody.</param>
/// <param name="KeyId">The key's public handle; null for the command line.</param>
/// <param name="Action">What was done, such as key.revoked.</param>
/// <param name="Before">null where the thing was not there.</param>
/// <param name="After">null where the thing is gone.</param>
public sealed record AuditItem(
    long Id, DateTimeOffset At, string Who, string? KeyId, string Action, string Target, RawJson? Before, RawJson? After, string? Reason)
{
    public static AuditItem Of(AuditRow row) => new(
        row.Id, row.At, row.Who, row.KeyId, row.Action, row.Target, Json(row.Before), Json(row.After), row.Reason);

    private static RawJson? Json(string? text) => text is null ? null : new RawJson(text);
}
