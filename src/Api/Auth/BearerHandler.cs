using System.Security.Claims;
using System.Text.Encodings.Web;
using LStep.Api.Auth.Oidc;
using LStep.Api.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LStep.Api.Auth;

/// <summary>Authorization: Bearer TOKEN. Secrets are never taken from the address: addresses end up in logs.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing ring)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    /// <summary>How every JSON Web Token begins, and none of our own.</summary>
    private const string JsonStart = "eyJ";

    /// <summary>A provider is set whose tokens are taken, and this may be one.</summary>
    public static bool IsOfProvider(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() is var header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && header.AsSpan(Prefix.Length).Trim() is var token && token.StartsWith(JsonStart, StringComparison.Ordinal)
        && token.Count('.') == 2 && http.RequestServices.GetService<ProviderSettings>() is { Audience: not null };

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var token = header[Prefix.Length..].Trim();
        return await ring.Find(token, Context.RequestAborted) is { } key
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(Caller.OfBearer(key, token)), Scheme.Name))
            : AuthenticateResult.Fail("no such token");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (ProviderSignIn.Unanswered(Context) is { } problem) return Problems.Write(Context, problem);
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Write(Context, Problems.OfStatus(StatusCodes.Status401Unauthorized));
    }
}
