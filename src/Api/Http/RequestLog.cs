using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LStep.Api.Http;

/// <summary>
/// A line a request, where somebody asked for that much. It names the route and never the address: that one holds customers' ids, and
/// a write key where a browser asks for its settings.
/// </summary>
public static class RequestLog
{
    public const string Category = "LStep.Api.Requests";

    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        return log.IsEnabled(LogLevel.Debug) ? app.Use((http, next) => Told(http, next, log)) : app;
    }

    /// <summary>The route's pattern, such as /api/customers/{id}.</summary>
    public static string RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";

    private static async Task Told(HttpContext http, RequestDelegate next, ILogger log)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            log.LogDebug(
                "{Method} {Route} {Status} {Ms} ms", http.Request.Method, RouteOf(http), http.Response.StatusCode,
                (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }
}
