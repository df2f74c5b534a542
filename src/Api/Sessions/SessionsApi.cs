using LStep.Api.Auth;
using LStep.Api.Auth.Oidc;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Grains;
using LStep.Grains.People;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api.Sessions;

/// <summary>A browser signs in by exchanging a token or a one-time link for a cookie that its scripts cannot read.</summary>
public static class SessionsApi
{
    /// <summary>The calls that nobody has a key for yet.</summary>
    public static void MapSignIn(IEndpointRouteBuilder api)
    {
        api.MapGet("/session/providers", Providers).AllowAnonymous().WithName("listProviders").WithTags("Session")
            .WithSummary("Who else signs people in")
            .WithDescription("OpenID Connect providers. A browser that is sent to the address comes back signed in.");

        // For browsers, which are sent away by it: a program brings a token of the provider instead.
        api.MapGet("/session/provider", (HttpContext http) =>
            http.RequestServices.GetService<ProviderSignIn>() is { } provider
                ? provider.Begin(http, http.Request.Query["to"])
                : Problems.Write(http, Problems.OfStatus(StatusCodes.Status404NotFound)))
            .AllowAnonymous().WithName("signInByProvider").ExcludeFromDescription().WithMetadata(QueryParameter.Text("to"));

        api.MapPost("/session", Open).AllowAnonymous().WithName("signIn").WithTags("Session")
            .WithSummary("Sign in").WithDescription(
                "Exchanges {token} or a one-time {link} for a session cookie of 8 hours, which ends when it is not used for 2 hours.")
            .WithMetadata(
                new ProblemResponse(StatusCodes.Status400BadRequest, "token_or_link", "bad_json"),
                new ProblemResponse(StatusCodes.Status401Unauthorized, "unauthorized"));
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/session", (HttpContext http) => TypedResults.Ok(Describe(http, http.Caller())))
            .WithName("getSession").WithTags("Session")
            .WithSummary("Who am I")
            .WithDescription("The caller's name and role, and for a session the anti-forgery token that writes need.");

        api.MapDelete("/session", Close).WithName("signOut").WithTags("Session")
            .WithSummary("Sign out").WithDescription("Ends the session. A bearer token stays valid.");
    }

    private static Ok<Page<ProviderRow>> Providers(HttpContext http) => TypedResults.Ok(new Page<ProviderRow>(
        http.RequestServices.GetService<ProviderSettings>() is { } provider
            ? [new ProviderRow(provider.Name, "/api/session/provider")] : [], null));

    private static async Task<Results<Ok<WhoAmI>, BadRequestProblem, UnauthorizedProblem, TooManyTriesProblem>> Open(
        SignIn body, BrowserSessions sessions, KeyRing ring, SignInGuard guard, HttpContext http)
    {
        if (body.Token is null == body.Link is null)
            return new BadRequestProblem(new InputError("$", "token_or_link", "Send either token or link."));

        var from = http.Connection.RemoteIpAddress;
        if (guard.Enter(from) is { } seconds) return new TooManyTriesProblem(seconds);
        var secret = Tokens.NewSecret("ses_");
        var session = await Exchange(body, Tokens.Hash(secret), sessions, ring, http.RequestAborted);
        if (session is null)
        {
            guard.Failed(from);
            return new UnauthorizedProblem("unauthorized", body.Link is null
                ? "This token does not open the dashboard."
                : "This link was used before, or is older than ten minutes. Ask for a new one.");
        }
        guard.Succeeded(from);
        http.Response.Cookies.Append(
            SessionHandler.Cookie, secret, SessionHandler.CookieFor(http, BrowserSessions.SecondsMax));
        return TypedResults.Ok(Describe(http, Caller.OfSession(session, secret)));
    }

    private static async Task<Session?> Exchange(
        SignIn body, byte[] hash, BrowserSessions sessions, KeyRing ring, CancellationToken cancel) =>
        body.Link is { } link ? await sessions.OpenByLink(Tokens.Hash(link), hash, cancel)
            : await ring.Find(body.Token!, cancel) is { Role: not Role.Ingest } key ? await sessions.Open(key, hash, cancel)
            : null;

    private static async Task<NoContent> Close(BrowserSessions sessions, KeyRing ring, HttpContext http)
    {
        if (http.Caller() is { FromBrowser: true, Secret: var secret, Key: var key })
        {
            await sessions.End(key, Tokens.Hash(secret), http.RequestAborted);
            ring.Forget();
            http.Response.Cookies.Delete(SessionHandler.Cookie, SessionHandler.CookieFor(http, null));
        }
        return TypedResults.NoContent();
    }

    private static WhoAmI Describe(HttpContext http, Caller caller) => new(
        caller.Key.Name, Tokens.NameOf(caller.Key.Role), caller.CsrfToken, caller.ExpiresAt,
        http.RequestServices.GetRequiredService<TimeProvider>().Now(),
        http.RequestServices.GetService<IngestOptions>()?.SimulatedClock ?? false,
        http.RequestServices.GetRequiredService<RulebookSource>().Current.Calendar.Zone.Id,
        http.RequestServices.GetService<InstallationCurrency>()?.Code);
}
