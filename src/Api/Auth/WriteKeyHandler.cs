using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Grains.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LStep.Api.Auth;

/// <summary>
/// A write key as the user name of Basic authorisation, as a bearer token, or in the path where the route has one. A key in the body is
/// known only once the body is read: the ingest looks at that one itself.
/// </summary>
internal sealed class WriteKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing ring)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public static Problem Refusal { get; } = Problems.Make(
        StatusCodes.Status401Unauthorized, "bad_write_key", "Send a valid write key, by Basic authorisation or as writeKey in the body.");

    private const string Prefix = "Basic ";
    private const string BearerPrefix = "Bearer ";

    /// <summary>Each may cost a look into the database.</summary>
    private const int HeadersMax = 2;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var any = false;
        foreach (var secret in Secrets(Request))
        {
            any = true;
            if (await ring.Find(secret, Context.RequestAborted) is { Role: Role.Ingest } key)
                return AuthenticateResult.Success(
                    new AuthenticationTicket(new ClaimsPrincipal(Caller.OfWriteKey(key, secret)), Scheme.Name));
        }
        return any ? AuthenticateResult.Fail("no such write key") : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Problems.Write(Context, Refusal);

    /// <summary>The header may come more than once, one of them meant for a proxy on the way.</summary>
    private static IEnumerable<string> Secrets(HttpRequest request) =>
        request.RouteValues["writeKey"] is string inPath ? [inPath]
        : request.Headers.Authorization.Take(HeadersMax).Select(OfHeader).OfType<string>().Where(secret => secret.Length > 0);

    private static string? OfHeader(string? header)
    {
        if (header is null) return null;
        if (header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)) return header[BearerPrefix.Length..].Trim();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return null;
        var encoded = header.AsSpan(Prefix.Length).Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length)) return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2)[0];
    }
}
