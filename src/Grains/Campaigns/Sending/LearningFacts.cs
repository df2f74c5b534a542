using System.Collections.Immutable;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Sending;

/// <param name="Name">As the platform names it; null where it does not.</param>
internal sealed record Learned(
    ActivityType Type, string? Subject, decimal? Score, DateTimeOffset At, DateTimeOffset ReceivedAt, string? Name);

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

    /// <summary>Of each customer its latest, newest first.</summary>
    /// <param name="asOf">The earliest instant that facts are asked for.</param>
    public static async Task<ILookup<string, Learned>> Rows(
        NpgsqlConnection connection, string[] customers, DateTimeOffset asOf, CancellationToken cancel) =>
        (await connection.Rows(
            "campaign_learning", row => (Customer: row.GetString(0), Row: new Learned(
                (ActivityType)row.GetInt16(1), row.TextOrNull(2), row.DecimalOrNull(3), row.Instant(4), row.Instant(5), row.TextOrNull(6))),
            cancel, customers, asOf - LooksBack, ActivitiesMax)).ToLookup(one => one.Customer, one => one.Row, StringComparer.Ordinal);

    /// <param name="rows">Of one customer, newest first.</param>
    /// <param name="at">As of when.</param>
    public static LearningFacts Of(IEnumerable<Learned> rows, DateTimeOffset at, TimeZoneInfo zone)
    {
        var learned = rows.Where(one => one.ReceivedAt > at - LooksBack).ToList();
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
