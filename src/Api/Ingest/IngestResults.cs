using System.Reflection;
using System.Text.Json.Serialization;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace LStep.Api.Ingest;

/// <summary>A message that was refused, or of which a part was, at its place in the batch.</summary>
public sealed record RejectedMessage(int Index, string? MessageId, string? Code, string? Message);

/// <param name="Rejected">Null when nothing was: the others are durable.</param>
public sealed record RecordedReply(
    bool Success, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RejectedMessage>? Rejected = null);

/// <param name="Status">200, or 400 for one that was refused; of one that was refused in part, the code says which.</param>
/// <param name="Duplicate">True where the message was known already, null elsewhere.</param>
public sealed record MessageReply(
    int Index, int Status, string? MessageId, string? Code, string? Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Duplicate = null);

public sealed record ItemsReply(bool Success, IReadOnlyList<MessageReply> Items);

/// <summary>200: what could be taken is committed.</summary>
public sealed class Recorded : IResult, IEndpointMetadataProvider
{
    private static readonly byte[] SuccessBody = """{"success":true}"""u8.ToArray();
    private readonly RecordedReply? reply;

    private Recorded(RecordedReply? reply) => this.reply = reply;

    /// <summary>Nothing was refused. Written without detours.</summary>
    public static Recorded Everything { get; } = new(null);

    public static Recorded Partly(Outcome[] outcomes) => new(new RecordedReply(
        true,
        [
            .. outcomes.Index().Where(item => item.Item.IsListed)
                .Select(item => new RejectedMessage(item.Index, item.Item.MessageId, item.Item.Code, item.Item.Message)),
        ]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (reply is not null)
            return httpContext.Response.WriteAsJsonAsync(reply, Json.Options, "application/json", httpContext.RequestAborted);
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.ContentLength = SuccessBody.Length;
        return httpContext.Response.Body.WriteAsync(SuccessBody, 0, SuccessBody.Length, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(RecordedReply), ["application/json"]));
}

/// <summary>207: one item per message, in their order.</summary>
public sealed class PerItem(Outcome[] outcomes) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status207MultiStatus;
        var reply = new ItemsReply(!Array.Exists(outcomes, outcome => outcome.IsRefused), [.. outcomes.Select(ReplyOf)]);
        return httpContext.Response.WriteAsJsonAsync(reply, Json.Options, "application/json", httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status207MultiStatus, typeof(ItemsReply), ["application/json"]));

    private static MessageReply ReplyOf(Outcome outcome, int index) => new(
        index, outcome.IsRefused ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK, outcome.MessageId, outcome.Code,
        outcome.Message, outcome.What == RecordOutcome.Duplicate ? true : null);
}

/// <summary>401: neither the header nor the body has a write key that is one.</summary>
public sealed class BadWriteKey() : ProblemResult(WriteKeyHandler.Refusal), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status401Unauthorized, WriteKeyHandler.Refusal.Code));
}

/// <summary>429: the key has sent too many events.</summary>
public sealed class RateLimited(int seconds)
    : ProblemResult(Problems.Make(
        StatusCodes.Status429TooManyRequests, Code, $"This key has sent too many events; try again in {seconds} s.")),
    IEndpointMetadataProvider
{
    private const string Code = "rate_limited";

    public override Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = seconds.ToString();
        httpContext.Response.Headers["X-RateLimit-Reset"] = seconds.ToString();
        return base.ExecuteAsync(httpContext);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status429TooManyRequests, Code));
}
