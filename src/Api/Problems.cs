using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using LStep.Api.Ingest;
using LStep.Domain;
using LStep.Grains;
using LStep.Grains.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LStep.Api;

/// <summary>One thing wrong with the input. Path is a JSON path, or the name of a query parameter.</summary>
public sealed record InputError(string Path, string Code, string Message);

/// <summary>The body of every error answer: RFC 9457 with a code that programs can switch on.</summary>
public sealed record Problem(
    string Title, int Status, string Code, string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<InputError>? Errors = null)
{
    public string Type { get; init; } = "about:blank";
}

/// <summary>The one place where trouble becomes an HTTP answer.</summary>
public static class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>What a caller waits before it tries a 503 again.</summary>
    public const int RetryAfterSeconds = 1;

    public static IResult Of(int status, string code, string detail, IReadOnlyList<InputError>? errors = null) =>
        new ProblemResult(Make(status, code, detail, errors));

    public static IResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "not_found", $"There is no such {what}.");

    /// <summary>The request could not be read as what the endpoint takes.</summary>
    public static IResult BadRequest(params InputError[] errors) =>
        Of(StatusCodes.Status400BadRequest, errors is [var only] ? only.Code : "bad_request", Sentence(errors), errors);

    /// <summary>The request was read, and asks for something that is not allowed.</summary>
    public static IResult Unprocessable(params InputError[] errors) =>
        Of(StatusCodes.Status422UnprocessableEntity, errors is [var only] ? only.Code : "invalid", Sentence(errors), errors);

    public static Problem Make(int status, string code, string detail, IReadOnlyList<InputError>? errors = null, string? traceId = null) =>
        new(TitleOf(status), status, code, detail, traceId, errors);

    public static Task Write(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status;
        if (http.Request.Path.StartsWithSegments("/v1")) Telemetry.Refused(problem.Code);
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString();
            http.Response.Headers["X-RateLimit-Reset"] = RetryAfterSeconds.ToString();
        }
        return http.Response.WriteAsJsonAsync(problem, Json.Options, ContentType, http.RequestAborted);
    }

    /// <summary>Turns exceptions and bare status codes of everything behind it into problems.</summary>
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("LStep.Api.Problems");
        var phase = app.ApplicationServices.GetRequiredService<SiloPhase>();
        return app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
                if (http.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
                    await Write(http, OfStatus(http.Response.StatusCode));
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                // Nobody is listening any more.
                if (!http.Response.HasStarted) http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
            catch (Exception trouble) when (!http.Response.HasStarted)
            {
                var problem = Translate(trouble, TraceOf(http));
                // What breaks while everything around it is being put away breaks because of that.
                if (problem.Status == 500 && phase.Current == Phase.Stopping) problem = Unavailable(Leaving.Code, problem.TraceId);
                // Trouble that passes comes by the thousand; its stack says nothing that its first line does not.
                if (problem.Status == 503)
                    log.LogWarning("{Method} {Path} answered {Code}, trace {Trace}: {Reason}", http.Request.Method, http.Request.Path, problem.Code, problem.TraceId, trouble.Message);
                else if (problem.Status >= 500)
                    log.LogError(trouble, "{Method} {Path} failed, trace {Trace}", http.Request.Method, http.Request.Path, problem.TraceId);
                Clear(http);
                await Write(http, problem);
            }
        });
    }

    /// <summary>What an exception looks like from outside: nothing of its text, except where the caller caused it.</summary>
    public static Problem Translate(Exception trouble, string? traceId) => trouble switch
    {
        _ when Passing.CodeOf(trouble) is { } code => Unavailable(code, traceId),
        // Not over soon, but neither the caller's fault nor for good: nothing was recorded, and what is sent again later is.
        UnreadableCustomerException => Make(
            StatusCodes.Status503ServiceUnavailable, UnreadableCustomerException.Code, "What is stored of this customer cannot be read. Try again once it is mended.", null, traceId),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => OfStatus(413),
        BadHttpRequestException { InnerException: JsonException json } => BadJson(json),
        // The server's own words name parameters of our code.
        BadHttpRequestException { StatusCode: var status } => OfStatus(status),
        JsonException json => BadJson(json),
        _ => Make(500, "internal_error", "Something went wrong here. The trace id finds it in the log.", null, traceId),
    };

    /// <summary>Nobody's fault, and over soon: the caller tries again.</summary>
    public static Problem Unavailable(string code, string? traceId = null) => Make(StatusCodes.Status503ServiceUnavailable, code, Sentence(code), null, traceId);

    private static Problem BadJson(JsonException json)
    {
        const string Message = "The JSON cannot be read here, or has a value of the wrong kind.";
        return Make(400, "bad_json", Message, [new InputError(json.Path is { Length: > 0 } path ? path : "$", "bad_json", Message)]);
    }

    private static Problem OfStatus(int status) => status switch
    {
        400 => Make(status, "bad_request", "The request cannot be read."),
        401 => Make(status, "unauthorized", "Sign in, or send a valid bearer token."),
        403 => Make(status, "forbidden", "This key may not do that."),
        404 => Make(status, "not_found", "There is nothing at this address."),
        405 => Make(status, "method_not_allowed", "This address does not take that method."),
        413 => Make(status, "too_large", "The request body is larger than this address takes."),
        415 => Make(status, "unsupported_media_type", "The body must be application/json."),
        _ => Make(status, "error", TitleOf(status)),
    };

    private static string Sentence(string passing) => passing switch
    {
        Passing.Overloaded => "A queue on the way is full, or an answer did not come in time. Try again.",
        Passing.StorageUnavailable => "The database does not answer. Try again.",
        Leaving.Code => "This process is stopping. Try again: another one answers, or this one when it is back.",
        _ => "A part of the cluster does not answer. Try again.",
    };

    private static string Sentence(InputError[] errors) =>
        errors is [var only] ? only.Message : "Several things in the request are wrong; errors lists them.";

    private static string TitleOf(int status) =>
        Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error";

    private static string TraceOf(HttpContext http) =>
        System.Diagnostics.Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.TraceId.ToString() : http.TraceIdentifier;

    /// <summary>Forgets a half-made answer, but not the headers that let a browser of another origin read the error.</summary>
    private static void Clear(HttpContext http)
    {
        http.Response.Headers.ContentLength = null;
        http.Response.Headers.ContentType = default;
        http.Response.Headers.ContentEncoding = default;
    }

    private sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => problem.Status;

        public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, problem);
    }
}
