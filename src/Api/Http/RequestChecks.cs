using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace LStep.Api.Http;

/// <summary>What is wrong with a request whatever its endpoint does.</summary>
public static class RequestChecks
{
    /// <summary>Metadata of endpoints under /api.</summary>
    public static ProblemResponse Response { get; } = new(StatusCodes.Status400BadRequest, "unknown_parameter");

    private const int NamesToldMax = 20;
    private const int NameCharsToldMax = 100;

    // Their values are written back into the answer, where they have to be what a header may hold.
    private static readonly string[] Echoed =
        [HeaderNames.Origin, HeaderNames.AccessControlRequestHeaders, HeaderNames.AccessControlRequestMethod];

    /// <summary>Comes before CORS.</summary>
    public static IApplicationBuilder UseHeaderChecks(this IApplicationBuilder app) => app.Use((http, next) =>
        Array.Find(Echoed, name => !IsPrintable(http.Request.Headers[name].ToString())) is { } bad
            ? Problems.Write(http, Problems.Make(
                StatusCodes.Status400BadRequest, "bad_header", $"{bad} has a character that is none of printable ASCII."))
            : next(http));

    /// <summary>Comes after authorization: whoever may not call an address learns nothing about it.</summary>
    public static IApplicationBuilder UseRequestChecks(this IApplicationBuilder app) => app.Use((http, next) =>
        http.Request.Path.StartsWithSegments("/api") && http.GetEndpoint() is RouteEndpoint endpoint && Wrong(http, endpoint) is { } problem
            ? Problems.Write(http, problem)
            : next(http));

    private static Problem? Wrong(HttpContext http, Endpoint endpoint)
    {
        // Nothing has a blank name, and a grain may not be asked for by one.
        if (http.Request.RouteValues.Values.Any(value => value is string text && string.IsNullOrWhiteSpace(text)))
            return Problems.OfStatus(StatusCodes.Status404NotFound);
        if (UnknownParameters(http, endpoint) is { Length: > 0 } unknown) return new BadRequestProblem(unknown).Value;
        return IsUtf8(http.Request) ? null : Problems.OfStatus(StatusCodes.Status415UnsupportedMediaType);
    }

    private static InputError[] UnknownParameters(HttpContext http, Endpoint endpoint)
    {
        if (!http.Request.QueryString.HasValue) return [];
        var known = endpoint.Metadata.OfType<QueryParameter>().Select(parameter => parameter.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. http.Request.Query.Keys.Where(name => !known.Contains(name)).Take(NamesToldMax)
                .Select(name => name[..Math.Min(name.Length, NameCharsToldMax)])
                .Select(name => new InputError(name, "unknown_parameter", $"There is no query parameter '{name}' here.")),
        ];
    }

    /// <summary>
    /// JSON is UTF-8. The framework fails at names of encodings that it does not know, quoted ones among them: none is left to it.
    /// </summary>
    private static bool IsUtf8(HttpRequest request)
    {
        if (request.ContentType is not { } type || !MediaTypeHeaderValue.TryParse(type, out var media) || !media.Charset.HasValue)
            return true;
        if (HeaderUtilities.RemoveQuotes(media.Charset).Value?.ToUpperInvariant() is not ("UTF-8" or "US-ASCII")) return false;
        request.ContentType = media.MediaType.Value;
        return true;
    }

    private static bool IsPrintable(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
