using System.Diagnostics;
using LStep.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LStep.Api.Http;

/// <summary>Turns exceptions and bare status codes of everything behind it into problems.</summary>
public static class ProblemHandling
{
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("LStep.Api.Problems");
        var (phase, lines) = (app.ApplicationServices.GetRequiredService<SiloPhase>(), new TroubleLines());
        return app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
                if (http.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
                    await Problems.Write(http, Problems.OfStatus(http.Response.StatusCode));
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                // Nobody is listening any more.
                if (!http.Response.HasStarted) http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
            catch (Exception trouble) when (!http.Response.HasStarted)
            {
                var problem = Problems.Translate(trouble, TraceOf(http));
                // What breaks while everything around it is being put away breaks because of that.
                if (problem.Status == 500 && phase.Current == Phase.Stopping)
                    problem = Problems.Unavailable(Problems.ShuttingDown, problem.TraceId);
                Log(log, lines, http, problem, trouble);
                Clear(http.Response.Headers);
                await Problems.Write(http, problem);
            }
        });
    }

    private static void Log(ILogger log, TroubleLines lines, HttpContext http, Problem problem, Exception trouble)
    {
        // Trouble that passes comes by the thousand.
        if (problem.Status == 503)
            lines.Failed(log, $"{http.Request.Method} {RequestLog.RouteOf(http)} answered {problem.Code}", trouble);
        else if (problem.Status >= 500)
            log.LogError(
                trouble, "{Method} {Route} failed, trace {Trace}", http.Request.Method, RequestLog.RouteOf(http), problem.TraceId);
    }

    private static string TraceOf(HttpContext http) =>
        System.Diagnostics.Activity.Current is { IdFormat: ActivityIdFormat.W3C } current
            ? current.TraceId.ToString()
            : http.TraceIdentifier;

    /// <summary>Forgets a half-made answer.</summary>
    private static void Clear(IHeaderDictionary headers)
    {
        headers.ContentLength = null;
        headers.ContentType = default;
        headers.ContentEncoding = default;
    }
}
