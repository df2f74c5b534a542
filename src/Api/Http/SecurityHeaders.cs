using LStep.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Http;

/// <summary>What a browser may do with our answers.</summary>
public static class SecurityHeaders
{
    // Scripts only from our own files. Styles may be inline: charts and tooltips set them on their elements.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            var own = http.GetEndpoint()?.Metadata.GetMetadata<ContentPolicy>();
            headers.ContentSecurityPolicy = own?.Value ?? Policy;
            headers.XContentTypeOptions = "nosniff";
            if (own is not { MayBeFramed: true }) headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            // Answers of the API hold people's data; nothing between here and the reader keeps them.
            if (http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/xapi"))
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(http);
    });
}
