using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LStep.Api.Auth;

/// <summary>The cookie of a browser that signed in. It names a session in the database; nothing is read out of the cookie itself.</summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing ring)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Cookie = "lstep_session";

    /// <summary>What a page says with what it asks by itself while nobody is at it.</summary>
    public const string Unattended = "X-LStep-Unattended";

    /// <param name="seconds">How long the browser keeps it; null to have it removed.</param>
    public static CookieOptions CookieFor(HttpContext http, int? seconds) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = "/",
        MaxAge = seconds is { } age ? TimeSpan.FromSeconds(age) : null,
    };

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[Cookie] is not { Length: > 0 } secret) return AuthenticateResult.NoResult();
        // An open page asks for ever, and reconnects its hub: that alone must not keep a session from ending idle.
        var isUse = !Request.Headers.ContainsKey(Unattended) && !Request.Path.StartsWithSegments("/hubs");
        return await ring.FindSession(secret, isUse, Context.RequestAborted) is { } session
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(Caller.OfSession(session, secret)), Scheme.Name))
            : AuthenticateResult.Fail("no such session");
    }
}
