using System.Reflection;
using LStep.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace LStep.Api.Http;

/// <summary>A problem as the typed result of an endpoint: one type a status, so that the OpenAPI document follows the signature.</summary>
public abstract class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult, IValueHttpResult<Problem>
{
    public int? StatusCode => problem.Status;

    public Problem? Value => problem;

    public virtual Task ExecuteAsync(HttpContext httpContext) => Problems.Write(httpContext, problem);

    private protected static Problem OfErrors(int status, string severalCode, InputError[] errors) => errors is [var only]
        ? Problems.Make(status, only.Code, only.Message, errors)
        : Problems.Make(status, severalCode, "Several things in the request are wrong; errors lists them.", errors);
}

/// <summary>The request could not be read as what the endpoint takes.</summary>
public sealed class BadRequestProblem : ProblemResult, IEndpointMetadataProvider
{
    public BadRequestProblem(params InputError[] errors) : base(OfErrors(StatusCodes.Status400BadRequest, "bad_request", errors)) { }

    public BadRequestProblem(string code, string detail) : base(Problems.Make(StatusCodes.Status400BadRequest, code, detail)) { }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status400BadRequest, "bad_request"));
}

/// <summary>The key that came with the request is none.</summary>
public sealed class UnauthorizedProblem(string code, string detail)
    : ProblemResult(Problems.Make(StatusCodes.Status401Unauthorized, code, detail)), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status401Unauthorized));
}

/// <summary>There is no such thing.</summary>
public sealed class NotFoundProblem(string what)
    : ProblemResult(Problems.Make(StatusCodes.Status404NotFound, "not_found", $"There is no such {what}.")), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status404NotFound, "not_found"));
}

/// <summary>The request was read, and asks for something that is not allowed.</summary>
public sealed class UnprocessableProblem(params InputError[] errors)
    : ProblemResult(OfErrors(StatusCodes.Status422UnprocessableEntity, "invalid", errors)), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status422UnprocessableEntity));
}

/// <summary>Something happened before that stands against it.</summary>
public sealed class ConflictProblem(string code, string detail)
    : ProblemResult(Problems.Make(StatusCodes.Status409Conflict, code, detail)), IEndpointMetadataProvider
{
    public static ConflictProblem StatusTagsDisabled =>
        new("status_tags_disabled", "The flag status_tags_enabled is off: no tag moves, by hand neither. Switch it on first.");

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status409Conflict));
}

/// <summary>What the caller says of the state of things does not hold.</summary>
public sealed class PreconditionFailedProblem(string code, string detail)
    : ProblemResult(Problems.Make(StatusCodes.Status412PreconditionFailed, code, detail)), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status412PreconditionFailed));
}

/// <summary>Too many failed tries came from this address: the next one is looked at in a while.</summary>
public sealed class TooManyTriesProblem(int seconds)
    : ProblemResult(Problems.Make(
        StatusCodes.Status429TooManyRequests, "too_many_tries", $"Too many tries from this address failed. Try again in {seconds} s.")),
        IEndpointMetadataProvider
{
    public override Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = seconds.ToString();
        return base.ExecuteAsync(httpContext);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status429TooManyRequests, "too_many_tries"));
}

/// <summary>So much of this kind is under way that more has to wait.</summary>
public sealed class BusyProblem(string detail)
    : ProblemResult(Problems.Make(StatusCodes.Status429TooManyRequests, "busy", detail)), IEndpointMetadataProvider
{
    private const int RetryAfterSeconds = 30;

    public override Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString();
        return base.ExecuteAsync(httpContext);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status429TooManyRequests, "busy"));
}

/// <summary>As many messages were sent to try them as may be in a minute.</summary>
public sealed class TooManyTestsProblem(int seconds)
    : ProblemResult(Problems.Make(
        StatusCodes.Status429TooManyRequests, "too_many_tests", $"No more tests may be sent in a minute. Send the next in {seconds} s.")),
        IEndpointMetadataProvider
{
    public override Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = seconds.ToString();
        return base.ExecuteAsync(httpContext);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status429TooManyRequests, "too_many_tests"));
}

/// <summary>Not now: the caller tries again.</summary>
public sealed class UnavailableProblem(string code, string detail)
    : ProblemResult(Problems.Make(StatusCodes.Status503ServiceUnavailable, code, detail)), IEndpointMetadataProvider
{
    /// <summary>What any endpoint may answer that asks the database or a grain.</summary>
    public static ProblemResponse Anywhere { get; } = new(
        StatusCodes.Status503ServiceUnavailable,
        TransientFailure.Overloaded, TransientFailure.StorageUnavailable, TransientFailure.SiloUnavailable, TransientFailure.TooSlow,
        Problems.ShuttingDown);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status503ServiceUnavailable));
}
