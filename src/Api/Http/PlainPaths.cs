using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace LStep.Api.Http;

/// <summary>
/// Paths as clients wrote them: repeated and trailing slashes mean nothing, and a segment is free text. The server decodes all but %2F and
/// then removes dot segments, so that "a%2Fb" and "a%252Fb" look the same and "%2E" is gone: segments are taken from the request's
/// target instead and decoded once.
/// </summary>
public static class PlainPaths
{
    /// <summary>Comes before routing.</summary>
    public static IApplicationBuilder UsePlainPaths(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Features.Get<IHttpRequestFeature>() is not { RawTarget: var target } || PathOf(target) is not { } path || IsPlain(path))
            return next(http);
        var segments = Segments(path);
        // No text that is stored has it.
        if (segments.Exists(segment => segment.Contains('\0'))) return Problems.Write(http, Problems.OfStatus(400));
        http.Features.Set(new Decoded(segments));
        // The conversion from a text would decode it once more.
        http.Request.Path = new PathString(
            "/" + string.Join('/', segments.Select(segment => segment.Replace("/", "%2F", StringComparison.Ordinal))));
        return next(http);
    });

    /// <summary>Comes after routing: what routes take out of the path is the segment itself.</summary>
    public static IApplicationBuilder UsePathValues(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint() is RouteEndpoint endpoint && http.Features.Get<Decoded>() is { Segments: var segments })
            foreach (var (index, part) in endpoint.RoutePattern.PathSegments.Index())
                if (part.Parts is [RoutePatternParameterPart { Name: var name }] && index < segments.Count)
                    http.Request.RouteValues[name] = segments[index];
        return next(http);
    });

    /// <summary>The path of a target in origin or absolute form; null for the other forms.</summary>
    internal static string? PathOf(string target)
    {
        var path = target;
        if (path.IndexOf('?', StringComparison.Ordinal) is var query and >= 0) path = path[..query];
        if (path.StartsWith('/')) return path;
        if (path.IndexOf("://", StringComparison.Ordinal) is not (> 0 and var scheme)) return null;
        return path.IndexOf('/', scheme + 3) is var start and >= 0 ? path[start..] : "/";
    }

    internal static List<string> Segments(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/'))
            if (segment == "..")
            {
                if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("" or ".")) segments.Add(Uri.UnescapeDataString(segment));
        return segments;
    }

    private static bool IsPlain(string path) =>
        path == "/"
        || (!path.EndsWith('/') && !path.Contains('%', StringComparison.Ordinal) && !path.Contains("//", StringComparison.Ordinal)
            && !path.Contains("/.", StringComparison.Ordinal));

    private sealed record Decoded(List<string> Segments);
}
