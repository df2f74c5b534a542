namespace LStep.Grains.Privacy;

/// <summary>How long data is kept that nobody needs for ever.</summary>
/// <param name="RejectedDays">Refused events.</param>
/// <param name="AnonymousDays">Events of devices that nobody was tied to; a tie reaches no further back.</param>
/// <param name="ActivitiesMonths">The activities log: the month of now and so many whole ones before it (UTC, of receipt); null for
/// ever.</param>
public sealed record Retention(int RejectedDays = 90, int AnonymousDays = Retention.AnonymousDaysMax, int? ActivitiesMonths = null)
{
    public const int AnonymousDaysMax = 30;

    /// <summary>Windows look 30 days back, and daily rows follow.</summary>
    public const int ActivitiesMonthsMin = 3;

    /// <summary>Months of the log that ended before it go; null where all of them stay.</summary>
    public DateTimeOffset? ActivitiesFrom(DateTimeOffset now) => ActivitiesMonths is { } months
        ? new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(-months) : null;
}
