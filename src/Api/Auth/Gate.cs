using LStep.Api.Ingest;
using LStep.Grains.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api.Auth;

/// <summary>The least role an endpoint is for.</summary>
public sealed record NeedsRole(Role Role);

/// <summary>The endpoint takes a browser's cookie without the anti-forgery header: the hub, whose origin is checked instead.</summary>
public sealed record NoAntiForgery;

/// <summary>Lets a request through to its endpoint only with a key of the role that the endpoint is for.</summary>
public static class Gate
{
    /// <summary>On a group it is the default of everything in it; the endpoint's own word wins.</summary>
    public static T Needs<T>(this T endpoint, Role role) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new NeedsRole(role));

    public static IApplicationBuilder UseGate(this IApplicationBuilder app)
    {
        var ring = app.ApplicationServices.GetRequiredService<KeyRing>();
        return app.Use(async (http, next) =>
        {
            if (http.GetEndpoint()?.Metadata is not { } endpoint || endpoint.GetMetadata<NeedsRole>() is not { } needs)
            {
                await next(http);
                return;
            }

            var caller = await Identify(http, ring);
            if (Refusal(http, caller, needs.Role, endpoint.GetMetadata<NoAntiForgery>() is null) is { } refusal)
            {
                if (refusal.Status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
                await Problems.Write(http, refusal);
                return;
            }

            http.Features.Set(caller);
            http.User = caller!.ToPrincipal();
            await next(http);
        });
    }

    /// <summary>A bearer token counts before a cookie. Secrets are never taken from the address: addresses end up in logs.</summary>
    private static async ValueTask<Caller?> Identify(HttpContext http, KeyRing ring)
    {
        if (http.Request.Headers.Authorization.ToString() is { Length: > 0 } header)
        {
            if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return null;
            var token = header["Bearer ".Length..].Trim();
            return await ring.Find(token, http.RequestAborted) is { } key ? Caller.OfBearer(key, token) : null;
        }

        return http.Request.Cookies[Caller.Cookie] is { Length: > 0 } secret && await ring.FindSession(secret, http.RequestAborted) is { } session
            ? Caller.OfSession(session, secret)
            : null;
    }

    private static Problem? Refusal(HttpContext http, Caller? caller, Role needed, bool antiForgery)
    {
        if (caller is null)
            return Problems.Make(401, "unauthorized", "Sign in, or send a valid bearer token.");
        if (!caller.May(needed))
            return Problems.Make(403, "forbidden", $"This needs the role {Tokens.NameOf(needed)}; this key has {Tokens.NameOf(caller.Key.Role)}.");
        if (caller.FromBrowser && IsForeign(http.Request))
            return Problems.Make(403, "foreign_origin", "A session is for pages of this address only.");
        if (caller.FromBrowser && antiForgery && IsWrite(http.Request.Method) && !caller.Matches(http.Request.Headers[Caller.CsrfHeader]))
            return Problems.Make(403, "csrf", $"A write with a session needs the header {Caller.CsrfHeader}; GET /api/session tells its value.");
        return null;
    }

    private static bool IsWrite(string method) => !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method));

    /// <summary>SameSite=Strict stops other sites; this also stops other ports and hosts of the same site, for the hub's sockets above all.</summary>
    private static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, HostOf(request), StringComparison.OrdinalIgnoreCase));

    // An origin leaves the port out where it is the scheme's own; a Host header may carry it.
    private static string HostOf(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own) ? own.Authority : request.Host.Value ?? "";
}
