using System.Collections.Immutable;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Sending;

/// <param name="Name">As the platform names it; null where it does not.</param>
internal sealed record Learned(ActivityType Type, string? Subject, decimal? Score, DateTimeOffset At, string? Name);

/// <summary>What a customer learned lately, and when and how it likes to.</summary>
/// <param name="Lessons">The latest, newest first, each once.</param>
/// <param name="Weakest">The assessment with the lowest score.</param>
/// <param name="PreferredKind">The kind of activity there was most of.</param>
/// <param name="PreferredHour">Of the customer's own day, 0-23.</param>
internal sealed record LearningFacts(
    ImmutableArray<Learned> Lessons, Learned? Weakest, ActivityType? PreferredKind, int? PreferredHour)
{
    private const int LessonsMax = 5, ActivitiesMax = 1000;
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(120);

    /// <param name="at">As of when.</param>
    public static async Task<LearningFacts> Of(
        NpgsqlConnection connection, string customer, DateTimeOffset at, TimeZoneInfo zone, CancellationToken cancel)
    {
        var learned = await connection.Rows(
            "campaign_learning", row => new Learned(
                (ActivityType)row.GetInt16(0), row.TextOrNull(1), row.DecimalOrNull(2), row.Instant(3), row.TextOrNull(4)),
            cancel, customer, at - LooksBack, ActivitiesMax);
        return new LearningFacts(
            [.. learned.Where(one => one.Type == ActivityType.LessonCompleted).DistinctBy(one => one.Subject).Take(LessonsMax)],
            learned.Where(one => one is { Type: ActivityType.AssessmentTaken, Score: not null }).MinBy(one => one.Score),
            Most(learned.Where(one => one.Type != ActivityType.Login), one => one.Type),
            Most(learned, one => TimeZoneInfo.ConvertTime(one.At, zone).Hour));
    }

    private static T? Most<T>(IEnumerable<Learned> learned, Func<Learned, T> of) where T : struct =>
        learned.GroupBy(of).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => (T?)group.Key)
            .FirstOrDefault();
}
