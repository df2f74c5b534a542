using LStep.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Http;

/// <summary>Names the span of a request after its route: the address itself may hold a customer's id and stays here.</summary>
public static class RequestSpans
{
    public static IApplicationBuilder UseRequestSpans(this IApplicationBuilder app) => app.Use((http, next) =>
        Telemetry.Spans.HasListeners() && http.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span
            ? Named(http, next, span)
            : next(http));

    private static async Task Named(HttpContext http, RequestDelegate next, System.Diagnostics.Activity span)
    {
        await next(http);
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = $"{http.Request.Method} {route}".TrimEnd();
        span.SetTag("http.request.method", http.Request.Method).SetTag("http.route", route)
            .SetTag("http.response.status_code", http.Response.StatusCode);
    }
}
