using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Http;

/// <summary>
/// HEAD answers wherever GET does: the request is carried out as a GET, and the server, which still knows the method it read, leaves the
/// body away. Comes before routing.
/// </summary>
public static class HeadRequests
{
    public static IApplicationBuilder UseHead(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // A GET opens a connection there.
        if (HttpMethods.IsHead(http.Request.Method) && !http.Request.Path.StartsWithSegments("/hubs"))
        {
            http.Request.Method = HttpMethods.Get;
            http.Features.Set(new Head());
        }
        return next(http);
    });

    /// <summary>It came as HEAD, and is carried out as a GET.</summary>
    public static bool IsHead(this HttpContext http) => http.Features.Get<Head>() is not null;

    private sealed class Head;
}
