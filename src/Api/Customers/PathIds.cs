using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;

namespace LStep.Api.Customers;

/// <summary>
/// A customer's id is free text, slashes included. The server decodes a path but for %2F, so that "a%2Fb" and "a%252Fb" look the same
/// afterwards: the id is taken from the path as it came, decoded once.
/// </summary>
public static class PathIds
{
    private const string Prefix = "/api/customers/";

    public static IApplicationBuilder UsePathIds(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.RouteValues.ContainsKey("id") && http.Features.Get<IHttpRequestFeature>() is { RawTarget: var target }
            && FromTarget(target) is { } id)
            http.Request.RouteValues["id"] = id;
        return next(http);
    });

    public static string? FromTarget(string target)
    {
        var path = target.AsSpan();
        if (path.IndexOf('?') is var query and >= 0) path = path[..query];
        var start = path.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase);
        if (start < 0) return null;
        path = path[(start + Prefix.Length)..];
        if (path.IndexOf('/') is var end and >= 0) path = path[..end];
        return Uri.UnescapeDataString(path);
    }
}
