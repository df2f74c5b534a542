using LStep.Api.Auth;
using LStep.Api.Ingest;
using LStep.Domain.Deciding;
using LStep.Grains;
using LStep.Grains.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api;

/// <summary>Exactly one of the two.</summary>
public sealed record SignIn(string? Token, string? Link);

/// <param name="Csrf">What writes by this session send as X-LStep-CSRF; null for a bearer token, which needs none.</param>
/// <param name="ExpiresAt">When the session ends; null for a bearer token.</param>
/// <param name="Now">The server's clock: a page may not count from its own, which can be another year's.</param>
/// <param name="Simulated">The clock stands still between steps.</param>
public sealed record WhoAmI(string Name, string Role, string? Csrf, DateTimeOffset? ExpiresAt, DateTimeOffset Now, bool Simulated);

/// <summary>A browser signs in by exchanging a token or a one-time link for a cookie that its scripts cannot read.</summary>
public static class SessionApi
{
    /// <summary>Signing in is outside the group: it is the one call that nobody has a key for yet.</summary>
    public static RouteHandlerBuilder MapSignIn(IEndpointRouteBuilder app) =>
        app.MapPost("/api/session", Open).Tagged("Session")
            .Told("Sign in", "Exchanges {token} or a one-time {link} for a session cookie of 8 hours.")
            .Answers<WhoAmI>(200, 400, 401);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/session", (HttpContext http) => Results.Ok(Describe(http, http.Caller()))).Needs(Role.Viewer).Tagged("Session")
            .Told("Who am I", "The caller's name and role, and for a session the anti-forgery token that writes need.")
            .Answers<WhoAmI>(200, 401);

        api.MapDelete("/session", Close).Needs(Role.Viewer).Tagged("Session")
            .Told("Sign out", "Ends the session. A bearer token stays valid.")
            .Answers(204, 401, 403);
    }

    private static async Task<IResult> Open(SignIn body, Tokens tokens, KeyRing ring, HttpContext http)
    {
        if (body.Token is null == body.Link is null)
            return Problems.BadRequest(new InputError("$", "token_or_link", "Send either token or link."));

        var key = body.Token is not null
            ? await ring.Find(body.Token, http.RequestAborted)
            : await tokens.UseLink(Tokens.Hash(body.Link!), http.RequestAborted);
        if (key is null or { Role: Role.Ingest })
            return Problems.Of(StatusCodes.Status401Unauthorized, "unauthorized", body.Link is null
                ? "This token does not open the dashboard."
                : "This link was used before, or is older than ten minutes. Ask for a new one.");

        var secret = Tokens.NewSecret("ses_");
        var expiresAt = await tokens.OpenSession(Tokens.Hash(secret), key.Id, http.RequestAborted);
        http.Response.Cookies.Append(Caller.Cookie, secret, CookieFor(http, TimeSpan.FromSeconds(Tokens.SessionSeconds)));
        return Results.Ok(Describe(http, Caller.OfSession(new Session(key, expiresAt), secret)));
    }

    private static async Task<IResult> Close(Tokens tokens, KeyRing ring, HttpContext http)
    {
        if (http.Caller() is { FromBrowser: true, Secret: var secret })
        {
            await tokens.EndSession(Tokens.Hash(secret), http.RequestAborted);
            ring.Forget();
            http.Response.Cookies.Delete(Caller.Cookie, CookieFor(http, null));
        }
        return Results.NoContent();
    }

    private static WhoAmI Describe(HttpContext http, Caller caller) => new(
        caller.Key.Name, Tokens.NameOf(caller.Key.Role), caller.CsrfToken, caller.ExpiresAt,
        http.RequestServices.GetRequiredService<TimeProvider>().Now(), http.RequestServices.GetService<IngestOptions>()?.SimulatedClock ?? false);

    private static CookieOptions CookieFor(HttpContext http, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        // Behind a proxy that ends TLS the request itself is plain.
        Secure = http.Request.IsHttps || http.Request.Headers["X-Forwarded-Proto"] == "https",
        Path = "/",
        MaxAge = lifetime,
    };
}
