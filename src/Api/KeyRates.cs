using LStep.Api.Assistants;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Api.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LStep.Api;

/// <summary>
/// Requests of one key under /api and to /mcp, its sessions among them: a program that asks in a loop is told to wait before it takes what
/// the others need. Each process counts for itself; a key has one bucket, however often it is used.
/// </summary>
public sealed class KeyRates(int requestsPerSecond, TimeProvider clock)
{
    public const int RequestsPerSecondDefault = 1_000;

    public const string Code = "rate_limited";

    private readonly RateLimit limit = new(requestsPerSecond, clock);

    /// <summary>Metadata of endpoints under /api that need a key.</summary>
    public static ProblemResponse Response { get; } = new(StatusCodes.Status429TooManyRequests, Code);

    private static bool IsCounted(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments(AssistantsApi.Path);

    /// <summary>Comes after authorization: who may not call an address is told that first.</summary>
    internal Task Admit(HttpContext http, RequestDelegate next)
    {
        if (http.User.Identity is not Caller caller || !IsCounted(http.Request.Path)
            || limit.Take(caller.Key.Id, 1) is not { } seconds)
            return next(http);
        http.Response.Headers.RetryAfter = http.Response.Headers["X-RateLimit-Reset"] = seconds.ToString();
        return Problems.Write(http, Problems.Make(
            StatusCodes.Status429TooManyRequests, Code, $"This key asks too often; try again in {seconds} s."));
    }
}
