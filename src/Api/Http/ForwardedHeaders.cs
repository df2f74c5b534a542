using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api.Http;

/// <summary>
/// Behind a trusted proxy, the client's own scheme and address. The framework's middleware takes the last value of each header; where a
/// chain of proxies names the scheme once each, the client's is the first.
/// </summary>
public static class ForwardedHeaders
{
    private const int HopsMax = 20;

    public static IApplicationBuilder UseForwarded(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<AddressOptions>();
        return app.Use((http, next) =>
        {
            Believe(http, options);
            return next(http);
        });
    }

    /// <summary>Sets scheme and address to what the headers say, as far as trusted peers wrote them.</summary>
    public static void Believe(HttpContext http, AddressOptions options)
    {
        if (!options.Trusts(http.Connection.RemoteIpAddress)) return;
        if (Values(http, "X-Forwarded-Proto") is [var scheme, ..] && scheme.ToLowerInvariant() is ("http" or "https") and var known)
            http.Request.Scheme = known;

        // Each proxy appends the address it was called from, so only what trusted ones appended is more than a claim.
        var hops = Values(http, "X-Forwarded-For");
        for (var hop = hops.Length - 1; hop >= Math.Max(0, hops.Length - HopsMax); hop--)
        {
            if (!options.Trusts(http.Connection.RemoteIpAddress) || !IPEndPoint.TryParse(hops[hop], out var client)) return;
            (http.Connection.RemoteIpAddress, http.Connection.RemotePort) = (client.Address, client.Port);
        }
    }

    private static string[] Values(HttpContext http, string header) =>
        http.Request.Headers[header] is { Count: > 0 } values
            ? values.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
}
