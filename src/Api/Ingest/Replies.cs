using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Ingest;

/// <summary>The answers of the ingest, written without detours.</summary>
internal static class Replies
{
    private static readonly byte[] SuccessBody = """{"success":true}"""u8.ToArray();

    public static Task Success(HttpContext http) => Json(http, StatusCodes.Status200OK, SuccessBody);

    /// <summary>200 with what was refused: the others are durable.</summary>
    public static Task Partly(HttpContext http, Outcome[] outcomes) => Json(http, StatusCodes.Status200OK, Written(writer =>
    {
        writer.WriteBoolean("success"u8, true);
        writer.WriteStartArray("rejected"u8);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (!outcomes[i].IsRefused) continue;
            writer.WriteStartObject();
            writer.WriteNumber("index"u8, i);
            WriteReason(writer, outcomes[i]);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }));

    /// <summary>207 with one item per message, in their order.</summary>
    public static Task PerItem(HttpContext http, Outcome[] outcomes) => Json(http, StatusCodes.Status207MultiStatus, Written(writer =>
    {
        writer.WriteBoolean("success"u8, !Array.Exists(outcomes, outcome => outcome.IsRefused));
        writer.WriteStartArray("items"u8);
        for (var i = 0; i < outcomes.Length; i++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("index"u8, i);
            writer.WriteNumber("status"u8, outcomes[i].IsRefused ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
            WriteReason(writer, outcomes[i]);
            if (outcomes[i].What == RecordOutcome.Duplicate) writer.WriteBoolean("duplicate"u8, true);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }));

    public static Task Malformed(HttpContext http, MalformedBodyException trouble) =>
        Problems.Write(http, Problems.Make(StatusCodes.Status400BadRequest, trouble.Code, trouble.Message));

    /// <summary>A single message that was refused: there is nothing to succeed with.</summary>
    public static Task Refused(HttpContext http, Outcome outcome) =>
        Problems.Write(http, Problems.Make(
            StatusCodes.Status400BadRequest, outcome.Code!, outcome.Message!, [new InputError("$", outcome.Code!, outcome.Message!)]));

    public static Task Unauthorized(HttpContext http) =>
        Problems.Write(http, Problems.Make(
            StatusCodes.Status401Unauthorized, "bad_write_key", "Send a valid write key, by Basic authorisation or as writeKey in the body."));

    public static Task TooFast(HttpContext http, int seconds)
    {
        http.Response.Headers.RetryAfter = seconds.ToString();
        http.Response.Headers["X-RateLimit-Reset"] = seconds.ToString();
        return Problems.Write(http, Problems.Make(
            StatusCodes.Status429TooManyRequests, "rate_limited", $"This key has sent too many events; try again in {seconds} s."));
    }

    private static void WriteReason(Utf8JsonWriter writer, Outcome outcome)
    {
        writer.WriteString("messageId"u8, outcome.MessageId);
        writer.WriteString("code"u8, outcome.Code);
        writer.WriteString("message"u8, outcome.Message);
    }

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static Task Json(HttpContext http, int status, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, 0, body.Length, http.RequestAborted);
    }
}
