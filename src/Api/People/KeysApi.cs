using System.Globalization;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.People;

/// <summary>Keys, and the sessions that were opened with them and with sign-in links.</summary>
public static class KeysApi
{
    private const string List = "keys";
    private const string LastAdminKey = "last_admin_key";

    private static readonly string[] Roles = [.. Enum.GetValues<Role>().Select(Tokens.NameOf)];

    public static void Map(IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").RequireAuthorization(Policies.Admin).WithTags("Keys");

        keys.MapGet("", Page).WithName("listKeys")
            .WithSummary("List keys")
            .WithDescription("Keys and sign-in links, newest first, with the sessions opened with them; never a secret.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());

        keys.MapPost("", Create).WithName("createKey")
            .WithSummary("Make a key").WithDescription("The answer holds its token, this once.")
            .WithMetadata(new ProblemResponse(
                StatusCodes.Status422UnprocessableEntity, "bad_name", "bad_role", "in_the_past", "invalid"));

        keys.MapDelete("/{id}", Revoke).WithName("revokeKey")
            .WithSummary("Revoke a key or a link")
            .WithDescription(
                "Ends it, its sessions, those of the links that were made with it, and what they listen to, in every process within 5 s. "
                + "Somebody who signs in by the provider stays out from then on. The last key of an admin cannot be revoked.")
            .WithMetadata(new ProblemResponse(StatusCodes.Status409Conflict, LastAdminKey));

        keys.MapDelete("/{id}/sessions/{session}", EndSession).WithName("endSessionOfKey")
            .WithSummary("End a session").WithDescription("Signs one browser out, in every process within 5 s.");
    }

    private static async Task<Results<Ok<Page<KeyRow>>, BadRequestProblem>> Page(HttpContext http, Tokens tokens)
    {
        var query = new QueryReader(http);
        var place = query.Cursor(List, 2);
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        (DateTimeOffset, string)? after = place is null ? null
            : (DateTimeOffset.ParseExact(place[0], "O", CultureInfo.InvariantCulture), place[1]);
        var rows = await tokens.Page(after, limit + 1, http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(rows, limit, KeyRow.Of, last => query.CursorOf(List, last.CreatedAt.ToString("O"), last.Id)));
    }

    private static async Task<Results<Created<MadeKey>, UnprocessableProblem>> Create(NewKey body, Tokens tokens, HttpContext http)
    {
        var name = body.Name?.Trim();
        List<InputError> errors = [];
        if (name is not { Length: > 0 and <= Tokens.NameCharsMax } || name.Any(char.IsControl))
            errors.Add(new InputError("$.name", "bad_name", $"name is a text of 1 to {Tokens.NameCharsMax} characters: whose key it is."));
        if (!Roles.Contains(body.Role))
            errors.Add(new InputError("$.role", "bad_role", $"role is one of {string.Join(", ", Roles)}."));
        if (errors.Count > 0) return new UnprocessableProblem([.. errors]);

        if (await tokens.Create(Tokens.RoleOf(body.Role!), name!, body.ExpiresAt, http.Caller().Key.Person, http.RequestAborted)
            is not (var key, var secret))
            return new UnprocessableProblem(new InputError("$.expiresAt", "in_the_past", "expiresAt has passed already."));
        return TypedResults.Created(
            $"/api/keys/{key.Id}", new MadeKey(key.Id, key.Name, Tokens.NameOf(key.Role), secret, key.CreatedAt, key.ExpiresAt));
    }

    private static async Task<Results<NoContent, NotFoundProblem, ConflictProblem>> Revoke(
        string id, Tokens tokens, KeyRing ring, HttpContext http)
    {
        if (id.Contains('\0')) return new NotFoundProblem("key");
        switch (await tokens.Revoke(id, http.RequestAborted, http.Caller().Key.Person))
        {
            case Revocation.Unknown: return new NotFoundProblem("key");
            case Revocation.LastAdminKey:
                return new ConflictProblem(
                    LastAdminKey, "This is the last key of an admin: without it nobody could make another. Make that one first.");
        }
        ring.Forget();
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, NotFoundProblem>> EndSession(
        string id, string session, BrowserSessions sessions, KeyRing ring, HttpContext http)
    {
        if (id.Contains('\0') || !Guid.TryParse(session, out var handle)
            || !await sessions.End(id, handle, http.Caller().Key.Person, http.RequestAborted))
            return new NotFoundProblem("session");
        ring.Forget();
        return TypedResults.NoContent();
    }
}
