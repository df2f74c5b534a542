using System.Security.Claims;
using LStep.Api.Http;
using LStep.Grains;
using LStep.Grains.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LStep.Api.Auth.Oidc;

/// <summary>
/// What the provider's word comes to here. A person who comes back from it gets the same kind of session as one with a token; a machine's
/// token is looked at with each call. Neither is let in without a role, nor after it was revoked here.
/// </summary>
internal sealed class ProviderSignIn(
    ProviderSettings settings, ProvidedPeople people, KeyRing ring, SignInGuard guard, TimeProvider clock, ILogger<ProviderSignIn> log)
{
    public const string NoRole = "no_role", Revoked = "revoked", Failed = "sign_in_failed", Unavailable = "provider_unavailable",
        TooManyTries = "too_many_tries";

    private const int ReasonCharsMax = 300;

    /// <summary>Set for a request whose token could not be looked at.</summary>
    private static readonly object IsUnanswered = new();

    private readonly RareLines lines = new(clock);

    /// <summary>Sends the browser to the provider; it comes back to a page of ours.</summary>
    /// <param name="to">An address of the dashboard, such as /customers; anything else is the overview.</param>
    public async Task Begin(HttpContext http, string? to)
    {
        try
        {
            await http.ChallengeAsync(Schemes.Provider, new AuthenticationProperties { RedirectUri = IsOwn(to) ? to : "/" });
        }
        catch (Exception trouble) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            Tell(http, "A sign-in by the provider", trouble);
            await SignInPage.Write(http, IsAway);
        }
    }

    /// <summary>The code costs a call of the provider: whoever tries codes is slowed like whoever tries tokens.</summary>
    public Task CodeCame(AuthorizationCodeReceivedContext context)
    {
        if (guard.Enter(context.HttpContext.Connection.RemoteIpAddress) is not { } seconds) return Task.CompletedTask;
        context.HandleResponse();
        context.Response.Headers.RetryAfter = seconds.ToString();
        return SignInPage.Write(context.HttpContext, Problems.Make(
            StatusCodes.Status429TooManyRequests, TooManyTries, $"Too many tries from this address failed. Try again in {seconds} s."));
    }

    public async Task Came(TicketReceivedContext context)
    {
        context.HandleResponse();
        var (http, who) = (context.HttpContext, context.Principal!);
        guard.Succeeded(http.Connection.RemoteIpAddress);
        var subject = who.SubjectOf() ?? throw new InvalidOperationException("The provider's token has no subject.");
        if (who.RoleOf(settings) is not { } role)
        {
            await people.EndSessions(subject, http.RequestAborted);
            ring.Forget();
            await SignInPage.Write(http, Problems.Make(
                StatusCodes.Status403Forbidden, NoRole,
                $"{settings.Name} knows you as {who.NameOf()}, but its claim “{settings.RoleClaim}” gives you no role here. "
                + "Whoever runs L-Step can give you one there."));
            return;
        }
        var secret = Tokens.NewSecret("ses_");
        if (await people.SignIn(new Provided(subject, who.NameOf(), role), Tokens.Hash(secret), http.RequestAborted) is null)
        {
            await SignInPage.Write(http, Problems.Make(
                StatusCodes.Status403Forbidden, Revoked, $"{who.NameOf()} was revoked here. Whoever runs L-Step can let you in again."));
            return;
        }
        ring.Forget(); // their role may have changed
        http.Response.Cookies.Append(SessionHandler.Cookie, secret, SessionHandler.CookieFor(http, BrowserSessions.SecondsMax));
        http.Response.Redirect(IsOwn(context.ReturnUri) ? context.ReturnUri! : "/");
    }

    public Task WentWrong(RemoteFailureContext context)
    {
        context.HandleResponse();
        var http = context.HttpContext;
        Tell(http, "A sign-in by the provider", context.Failure);
        return SignInPage.Write(http, MeansAway(context.Failure)
            ? IsAway
            : Problems.Make(
                StatusCodes.Status401Unauthorized, Failed,
                $"The sign-in by {settings.Name} did not work: it took too long, was ended there, or was not begun in this browser. "
                + "Try again."));
    }

    /// <summary>Of a machine: the token itself is good, and meant for us.</summary>
    public async Task TokenCame(Microsoft.AspNetCore.Authentication.JwtBearer.TokenValidatedContext context)
    {
        var who = context.Principal!;
        // A token that tells a browser's page who somebody is was not given to anybody for calls.
        if (who.SubjectOf() is not { } subject || who.HasClaim(claim => claim.Type is "nonce" or "at_hash" or "c_hash"))
            context.Fail("no access token");
        else if (who.RoleOf(settings) is not { } role)
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity(Schemes.ProviderToken));
        else
        {
            var provided = new Provided(subject, who.NameOf(), role);
            var secret = context.Request.Headers.Authorization.ToString();
            if (await ring.FindPerson(provided, context.HttpContext.RequestAborted) is { IsRevoked: false } person)
                context.Principal = new ClaimsPrincipal(
                    Caller.OfProvider(person, provided, secret, context.SecurityToken.ValidTo, settings.WallClock.GetUtcNow()));
            else context.Fail("revoked");
        }
    }

    /// <summary>A provider that never answered says nothing about a token: the caller tries again.</summary>
    public async Task TokenFailed(Microsoft.AspNetCore.Authentication.JwtBearer.AuthenticationFailedContext context)
    {
        var (http, trouble) = (context.HttpContext, context.Exception);
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(http.RequestAborted);
        }
        catch (Exception away) when (!http.RequestAborted.IsCancellationRequested)
        {
            http.Items[IsUnanswered] = IsAway;
            trouble = away;
        }
        Tell(http, "A token of the provider", trouble);
    }

    /// <summary>What a request is answered whose token could not be looked at; null for every other one.</summary>
    public static Problem? Unanswered(HttpContext http) => http.Items.TryGetValue(IsUnanswered, out var problem) ? (Problem)problem! : null;

    /// <summary>No address of another site: a link to us must not lead there.</summary>
    private static bool IsOwn(string? to) =>
        to is ['/', ..] and not ['/', '/' or '\\', ..] && !to.Any(letter => char.IsControl(letter) || letter == '\\');

    private Problem IsAway => Problems.Make(
        StatusCodes.Status503ServiceUnavailable, Unavailable, $"{settings.Name} does not answer. Try again in a moment.");

    private static bool MeansAway(Exception? trouble) => trouble is not null
        && (trouble is HttpRequestException or IOException or TaskCanceledException || MeansAway(trouble.InnerException));

    /// <summary>A line an address and minute: anybody can make a sign-in fail.</summary>
    private void Tell(HttpContext http, string what, Exception? trouble)
    {
        var from = http.Connection.RemoteIpAddress?.ToString() ?? "nowhere";
        if (lines.Next($"{what} {from}") is not { } unsaid) return;
        var reason = new string([.. (trouble?.Message ?? "no reason").Take(ReasonCharsMax).Select(c => char.IsControl(c) ? ' ' : c)]);
        log.LogWarning(
            "{What} from {Address} failed{More}: {Reason}", what, from,
            unsaid == 0 ? "" : $", after {unsaid} more that were not logged", reason);
    }
}
