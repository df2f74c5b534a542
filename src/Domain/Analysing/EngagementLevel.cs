namespace LStep.Domain.Analysing;

/// <summary>How engaged a learner was at first: the mean of the daily engagement scores of the first 28 days, silent days as 0.</summary>
public static class EngagementLevel
{
    public const int Days = 28;
    const int MediumFrom = 30;
    const int HighFrom = 70;

    /// <summary>Not known before the 28 days are over.</summary>
    public const string Unknown = "";

    /// <param name="scores">The sum over the days.</param>
    public static string Of(long scores) => scores < MediumFrom * Days ? "low" : scores < HighFrom * Days ? "medium" : "high";

    /// <summary>Whether the first 28 days of somebody who started then are over.</summary>
    public static bool IsDue(DateOnly start, DateOnly today) => today.DayNumber - start.DayNumber >= Days;
}
