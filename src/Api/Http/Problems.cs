using System.Text.Json;
using LStep.Api.Ingest;
using LStep.Grains;
using LStep.Grains.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api.Http;

/// <summary>The words of every problem, and the one place that writes it.</summary>
public static class Problems
{
    public const string ContentType = "application/problem+json";

    public const string ShuttingDown = "shutting_down";

    /// <summary>What a caller waits before it tries a 503 again.</summary>
    public const int RetryAfterSeconds = 1;

    public static Problem Make(int status, string code, string detail, IReadOnlyList<InputError>? errors = null, string? traceId = null) =>
        new(TitleOf(status), status, code, detail, traceId, errors);

    /// <summary>Nobody's fault, and over soon: the caller tries again.</summary>
    public static Problem Unavailable(string code, string? traceId = null) =>
        Make(StatusCodes.Status503ServiceUnavailable, code, Sentence(code), null, traceId);

    public static Problem OfStatus(int status) => status switch
    {
        400 => Make(status, "bad_request", "The request cannot be read."),
        401 => Make(status, "unauthorized", "Sign in, or send a valid bearer token."),
        403 => Make(status, "forbidden", "This key may not do that."),
        404 => Make(status, "not_found", "There is nothing at this address."),
        405 => Make(status, "method_not_allowed", "This address does not take that method."),
        408 => Make(status, "request_timeout", "The request did not arrive in time."),
        413 => Make(status, "too_large", "The request body is larger than this address takes."),
        415 => Make(status, "unsupported_media_type", "The body must be application/json in UTF-8."),
        _ => Make(status, "error", TitleOf(status)),
    };

    /// <summary>What an exception looks like from outside: nothing of its text, except where the caller caused it.</summary>
    public static Problem Translate(Exception trouble, string? traceId) => trouble switch
    {
        _ when TransientFailure.CodeOf(trouble) is { } code => Unavailable(code, traceId),
        // Not over soon, but neither the caller's fault nor for good: nothing was recorded, and what is sent again later is.
        UnreadableCustomerException => Make(
            StatusCodes.Status503ServiceUnavailable, UnreadableCustomerException.Code,
            "What is stored of this customer cannot be read. Try again once it is repaired.", null, traceId),
        RefusedByDatabaseException => Make(
            StatusCodes.Status422UnprocessableEntity, RefusedByDatabaseException.Code, RefusedByDatabaseException.Sentence, null, traceId),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => OfStatus(413),
        BadHttpRequestException { InnerException: JsonException json } => BadJson(json),
        // The server's own words name parameters of our code.
        BadHttpRequestException { StatusCode: var status } => OfStatus(status),
        JsonException json => BadJson(json),
        _ => Make(500, "internal_error", "Something went wrong here. The trace id finds it in the log.", null, traceId),
    };

    public static Task Write(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status;
        if (http.Request.Path.StartsWithSegments("/v1"))
        {
            Telemetry.Refused(problem.Code);
            http.RequestServices.GetService<Throughput>()?.Refused();
        }
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString();
            http.Response.Headers["X-RateLimit-Reset"] = RetryAfterSeconds.ToString();
        }
        return http.Response.WriteAsJsonAsync(problem, Json.Options, ContentType, http.RequestAborted);
    }

    private static Problem BadJson(JsonException json)
    {
        const string Message = "The JSON cannot be read here, has a field that is not known here, or a value of the wrong kind.";
        return Make(400, "bad_json", Message, [new InputError(json.Path is { Length: > 0 } path ? path : "$", "bad_json", Message)]);
    }

    private static string Sentence(string code) => code switch
    {
        TransientFailure.Overloaded => "A queue on the way is full, or an answer did not come in time. Try again.",
        TransientFailure.StorageUnavailable => "The database does not answer, or cannot do this now. Try again.",
        TransientFailure.TooSlow => "The answer took too long. Ask for less, or try again later.",
        ShuttingDown => "This process is stopping. Try again: another one answers, or this one when it is back.",
        _ => "A part of the cluster does not answer. Try again.",
    };

    private static string TitleOf(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error";
}
