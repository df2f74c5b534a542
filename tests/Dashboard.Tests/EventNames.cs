namespace LStep.Dashboard.Tests;

/// <summary>A page of the event catalogue in the shape of GET /api/events.</summary>
internal static class EventNames
{
    public static object Page { get; } = new
    {
        items = new[]
        {
            Line("Lesson Completed", 123_456_789_012, "lesson_completed", "table"),
            Line("Lesson Complete", 40_213, "other", "unknown", new { name = "Lesson Completed", activity = "lesson_completed" }),
            Line("Invoice Paid", 322, "no_activity", "rule", learner: false),
            Line(new string('E', 100), 7, "other", "unknown"),
            Line("درس مكتمل 🎓", 1, "question", "operator", changedBy: "Operator " + new string('O', 60)),
        },
        next = (string?)null,
        others = new { count = 12, firstSeenAt = "2026-01-01T00:00:00Z", lastSeenAt = "2026-01-02T00:00:00Z" },
    };

    private static object Line(
        string name, long count, string activity, string decidedBy, object? suggestion = null, bool learner = true,
        string? changedBy = null) => new
    {
        name, count, firstSeenAt = "2026-01-01T00:00:00Z", lastSeenAt = "2026-01-02T00:00:00Z", activity, learnerActivity = learner,
        decidedBy, suggestion, changedAt = changedBy is null ? null : "2026-01-02T00:00:00Z", changedBy,
    };
}
