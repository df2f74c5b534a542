namespace LStep;

/// <summary>What an entry of the activities log is. The order is stored: append only.</summary>
public enum ActivityType : byte
{
    Other = 0,
    Login = 1,
    PageView = 2,
    FeatureUse = 3,
    VideoPlay = 4,
    LessonCompleted = 5,
    AssessmentTaken = 6,
    ModuleCompleted = 7,
    ForumPost = 8,
    Comment = 9,
    Question = 10,
    Answer = 11,
    CourseCompleted = 12,
    NpsResponse = 13,
    SupportTicket = 14,
    Payment = 15,
    PaymentFailed = 16,
    MessageDelivered = 17,
    MessageOpened = 18,
    MessageClicked = 19,
    MessageBounced = 20,
    MessageConverted = 21,
    Unsubscribed = 22,
    Identify = 23,
    Alias = 24,
    Group = 25,

    /// <summary>A track event that is kept and counts as nothing: something that others did, or that an operator took out.</summary>
    NoActivity = 26,
}

public enum ActivityOrigin : byte
{
    /// <summary>Came through the live ingest: decides at once.</summary>
    Live = 0,

    /// <summary>Came through /v1/import: recorded, decided once the import has been quiet for 60 s.</summary>
    Import = 1,

    /// <summary>Came by a platform's webhook, which may be sent again at any time: decides at once, and is known for ever.</summary>
    Hook = 2,
}

/// <summary>
/// One validated entry of a customer's log. All instants are UTC and whole milliseconds.
/// Known by (customer, MessageId); the customer is the key of the grain that records it.
/// </summary>
[GenerateSerializer, Immutable, Alias("lstep.activity")]
public sealed record Activity
{
    /// <summary>1-100 characters; made by the server where the client sent none.</summary>
    [Id(0)] public required string MessageId { get; init; }

    [Id(1)] public required ActivityType Type { get; init; }

    /// <summary>The event's name as sent; the page's or screen's name for page views; empty for identify, alias and group.</summary>
    [Id(2)] public string Event { get; init; } = "";

    /// <summary>When it happened, corrected for the client's clock.</summary>
    [Id(3)] public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When the server took it.</summary>
    [Id(4)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>featureId, contentId, lessonId, moduleId, channel or actionId, whichever the type uses.</summary>
    [Id(5)] public string? Subject { get; init; }

    /// <summary>Assessment score 0-100, NPS 0-10, or null.</summary>
    [Id(6)] public decimal? Score { get; init; }

    /// <summary>The assessment was marked final.</summary>
    [Id(7)] public bool Final { get; init; }

    /// <summary>0-100 where a module_completed or course_completed said so (100 by default for the latter).</summary>
    [Id(8)] public decimal? CurriculumCompletion { get; init; }

    /// <summary>How many page views this record stands for; 1 for everything else.</summary>
    [Id(9)] public int Count { get; init; } = 1;

    [Id(10)] public bool Mobile { get; init; }

    [Id(11)] public ActivityOrigin Origin { get; init; }

    /// <summary>The JSON object that came as properties (track, page, screen) or traits (identify, group); "{}" when none.</summary>
    [Id(12)] public string Properties { get; init; } = "{}";

    /// <summary>The anonymousId that came with the event, or null. For alias: the previousId.</summary>
    [Id(13)] public string? AnonymousId { get; init; }

    /// <summary>
    /// Number of the request it came with: of activities received at the same instant, the order of their requests. Kept in the log.
    /// </summary>
    [Id(14)] public long BatchNumber { get; init; }
}

public static class ActivityTypes
{
    /// <summary>Learner activities start sessions and count as being active; the rest is what others did to the learner.</summary>
    public static bool IsLearnerActivity(this ActivityType type) =>
        type is ActivityType.Other or (>= ActivityType.Login and <= ActivityType.CourseCompleted);
}
