using Microsoft.AspNetCore.Http;

namespace LStep.Api.Ingest;

/// <summary>Lets pages of any site send events: what authorises them is the write key, never a cookie.</summary>
internal static class CrossOrigin
{
    /// <summary>
    /// Names the origin instead of '*', because SDKs can be set to send credentials and a browser then refuses '*'.
    /// Set before anything can fail, so that the page can read the error, too.
    /// </summary>
    public static void Allow(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0) return;
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
        headers.AccessControlExposeHeaders = "Retry-After, X-RateLimit-Reset";
        headers.Vary = "Origin";
    }

    public static Task Preflight(HttpContext http)
    {
        Allow(http);
        var asked = http.Request.Headers.AccessControlRequestHeaders.ToString();
        http.Response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        http.Response.Headers.AccessControlAllowHeaders = asked.Length > 0 ? asked : "Authorization, Content-Type";
        http.Response.Headers.AccessControlMaxAge = "7200";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
