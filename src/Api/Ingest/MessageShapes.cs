using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LStep.Api.Ingest;

/// <summary>
/// Segment's messages, for the OpenAPI document: the ingest reads them by itself, further fields are kept or passed over, and every field
/// may be left out but those without which there is nothing to say.
/// </summary>
public abstract record SegmentMessage
{
    /// <summary>The platform's id of the customer, 1 to 128 characters. One of userId and anonymousId is needed.</summary>
    [JsonPropertyOrder(-10)] public string? UserId { get; init; }

    [JsonPropertyOrder(-9)] public string? AnonymousId { get; init; }

    /// <summary>At most 100 characters; a repeat within 48 hours changes nothing.</summary>
    [JsonPropertyOrder(-8)] public string? MessageId { get; init; }

    /// <summary>When it happened, by the sender's clock.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    public DateTimeOffset? OriginalTimestamp { get; init; }

    /// <summary>When the sender sent it: tells how wrong its clock is.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public JsonObject? Context { get; init; }

    public JsonObject? Integrations { get; init; }

    /// <summary>For senders that cannot set an Authorization header.</summary>
    public string? WriteKey { get; init; }
}

public sealed record TrackMessage(string Event, JsonObject? Properties = null) : SegmentMessage;

public sealed record IdentifyMessage(JsonObject? Traits = null) : SegmentMessage;

public sealed record PageMessage(string? Name = null, string? Category = null, JsonObject? Properties = null) : SegmentMessage;

public sealed record ScreenMessage(string? Name = null, string? Category = null, JsonObject? Properties = null) : SegmentMessage;

public sealed record GroupMessage(string GroupId, JsonObject? Traits = null) : SegmentMessage;

public sealed record AliasMessage(string PreviousId) : SegmentMessage;

/// <summary>A message of any kind; which of the fields count says its type.</summary>
public sealed record BatchedMessage(
    string Type, string? Event = null, string? Name = null, string? Category = null, JsonObject? Properties = null,
    JsonObject? Traits = null, string? GroupId = null, string? PreviousId = null) : SegmentMessage;

public sealed record MessageBatch(
    IReadOnlyList<BatchedMessage> Batch, string? WriteKey = null, DateTimeOffset? SentAt = null, JsonObject? Context = null);

/// <summary>One of each, as the document shows it.</summary>
internal static class MessageExamples
{
    private static readonly DateTimeOffset At = new(2026, 3, 10, 9, 30, 0, TimeSpan.Zero);

    public static TrackMessage Track { get; } =
        new("Lesson Completed", new JsonObject { ["lessonId"] = "lesson-7" }) { UserId = "ada", MessageId = "m-1", Timestamp = At };

    public static IdentifyMessage Identify { get; } =
        new(new JsonObject { ["email"] = "ada@example.org", ["tier"] = "Pro", ["createdAt"] = "2026-02-01" }) { UserId = "ada" };

    public static PageMessage Page { get; } = new("Course home", Properties: new JsonObject { ["path"] = "/course/7" }) { UserId = "ada" };

    public static ScreenMessage Screen { get; } = new("Inbox") { UserId = "ada" };

    public static GroupMessage Group { get; } = new("course-7") { UserId = "ada" };

    public static AliasMessage Alias { get; } = new("a-5512") { UserId = "ada" };

    public static MessageBatch Batch { get; } = new(
    [
        new BatchedMessage("identify", Traits: new JsonObject { ["tier"] = "Pro" }) { UserId = "ada", MessageId = "m-2" },
        new BatchedMessage("track", "Quiz Completed", Properties: new JsonObject { ["score"] = 82 }) { UserId = "ada", MessageId = "m-3" },
    ],
    SentAt: At);
}
