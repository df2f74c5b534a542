using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace LStep.Api.Http;

/// <summary>
/// A weak tag of each answer to a GET under /api, and 304 to whoever has that answer already: a page that is asked for every few seconds
/// costs no bytes while nothing changes.
/// </summary>
public static class EntityTags
{
    private const int HashBytes = 16;

    public static IApplicationBuilder UseEntityTags(this IApplicationBuilder app) => app.Use((http, next) =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.Path.StartsWithSegments("/api")
            && http.GetEndpoint()?.Metadata.GetMetadata<Streamed>() is null ? Tagged(http, next) : next(http));

    private static async Task Tagged(HttpContext http, RequestDelegate next)
    {
        var body = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
        }
        if (http.Response.HasStarted) return;
        if (http.Response.StatusCode == StatusCodes.Status200OK && IsKnown(http, OwnTag(http) ?? TagOf(answer)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            http.Response.ContentType = null;
            http.Response.ContentLength = null;
            return;
        }
        if (answer.Length == 0) return;
        answer.Position = 0;
        http.Response.ContentLength = answer.Length;
        await answer.CopyToAsync(body, http.RequestAborted);
    }

    private static bool IsKnown(HttpContext http, EntityTagHeaderValue tag)
    {
        http.Response.Headers.ETag = tag.ToString();
        return new RequestHeaders(http.Request.Headers).IfNoneMatch is { Count: > 0 } known
            && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));
    }

    /// <summary>Where the endpoint knows a better one.</summary>
    private static EntityTagHeaderValue? OwnTag(HttpContext http) =>
        EntityTagHeaderValue.TryParse(http.Response.Headers.ETag.ToString(), out var tag) ? tag : null;

    private static EntityTagHeaderValue TagOf(MemoryStream answer)
    {
        var hash = SHA256.HashData(answer.GetBuffer().AsSpan(0, (int)answer.Length));
        return new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(hash.AsSpan(0, HashBytes))}\"", isWeak: true);
    }
}
