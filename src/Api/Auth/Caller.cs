using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using LStep.Domain.Deciding;
using LStep.Grains.People;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Auth;

/// <summary>Who asks, and the secret that said so. CsrfToken is set for a browser's session and null for a bearer token.</summary>
public sealed record Caller(Key Key, string Secret, string? CsrfToken, DateTimeOffset? ExpiresAt)
{
    public const string Cookie = "lstep_session";
    public const string CsrfHeader = "X-LStep-CSRF";

    public bool FromBrowser => CsrfToken is not null;

    public bool May(Role needed) => Key.Role != Role.Ingest && Key.Role >= needed;

    public static Caller OfBearer(Key key, string secret) => new(key, secret, null, null);

    public static Caller OfSession(Session session, string secret) => new(session.Key, secret, CsrfOf(secret), session.ExpiresAt);

    /// <summary>The page may show this one to its own scripts; the cookie's secret cannot be found from it.</summary>
    private static string CsrfOf(string secret) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("csrf\n" + secret)));

    public bool Matches(string? csrf) =>
        CsrfToken is not null && csrf is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(csrf), Encoding.UTF8.GetBytes(CsrfToken));

    public ClaimsPrincipal ToPrincipal() =>
        new(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, Key.Id), new Claim(ClaimTypes.Name, Key.Name), new Claim(ClaimTypes.Role, Tokens.NameOf(Key.Role))],
            FromBrowser ? "session" : "bearer"));
}

public static class Callers
{
    /// <summary>Who asks; only behind the gate, which let nobody through without a key.</summary>
    public static Caller Caller(this HttpContext http) =>
        http.Features.Get<Caller>() ?? throw new InvalidOperationException("an endpoint that needs a caller is mapped without a role");
}
