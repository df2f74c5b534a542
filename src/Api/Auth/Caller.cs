using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using LStep.Grains.People;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Auth;

/// <summary>Who asks, and the secret that said so. CsrfToken is set for a browser's session and null otherwise.</summary>
public sealed class Caller : ClaimsIdentity
{
    private readonly long? endsAtTick;

    private Caller(Key key, string secret, string scheme, byte[] proof, string? csrfToken = null, DateTimeOffset? expiresAt = null,
        TimeSpan? endsIn = null)
        : base(
            [
                new Claim(ClaimTypes.NameIdentifier, key.Id),
                new Claim(ClaimTypes.Name, key.Name),
                new Claim(ClaimTypes.Role, Tokens.NameOf(key.Role)),
            ],
            scheme) =>
        (Key, Secret, Proof, CsrfToken, ExpiresAt, endsAtTick) =
        (key, secret, proof, csrfToken, expiresAt, Environment.TickCount64 + (long?)endsIn?.TotalMilliseconds);

    public Key Key { get; }

    public string Secret { get; }

    /// <summary>The hash by which the database says whether they are still let in.</summary>
    public byte[] Proof { get; }

    /// <summary>Who a token of the provider belongs to; null for every other caller.</summary>
    public Provided? Provided { get; private init; }

    public string? CsrfToken { get; }

    public DateTimeOffset? ExpiresAt { get; }

    public bool FromBrowser => CsrfToken is not null;

    /// <summary>The provider's token has run out. Other keys end in the database.</summary>
    public bool IsOver => endsAtTick <= Environment.TickCount64;

    public static Caller OfBearer(Key key, string secret) => new(key, secret, Schemes.Bearer, Tokens.Hash(secret));

    public static Caller OfWriteKey(Key key, string secret) => new(key, secret, Schemes.WriteKey, Tokens.Hash(secret));

    public static Caller OfSession(Session session, string secret) =>
        new(session.Key, secret, Schemes.Session, Tokens.Hash(secret), CsrfTokenOf(secret), session.ExpiresAt);

    /// <param name="now">By the wall clock, as tokens of a provider are.</param>
    public static Caller OfProvider(ProvidedPerson person, Provided provided, string secret, DateTime expires, DateTimeOffset now) =>
        new(person.Key, secret, Schemes.ProviderToken, person.Hash, expiresAt: expires, endsIn: expires - now) { Provided = provided };

    public bool Matches(string? csrfToken) =>
        CsrfToken is not null && csrfToken is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(csrfToken), Encoding.UTF8.GetBytes(CsrfToken));

    /// <summary>The page may show this one to its own scripts; the cookie's secret cannot be found from it.</summary>
    private static string CsrfTokenOf(string secret) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("csrf\n" + secret)));
}

public static class Callers
{
    /// <summary>Who asks; only at endpoints that let nobody through without a key.</summary>
    public static Caller Caller(this HttpContext http) =>
        http.User.Identity as Caller ?? throw new InvalidOperationException("an endpoint that needs a caller is mapped without a policy");
}
