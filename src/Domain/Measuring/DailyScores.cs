namespace LStep.Domain.Measuring;

/// <summary>
/// The four scores of one day, 0-100, as stored. Halves round up, exactly: fractions are carried as whole numerators,
/// since neither a third of a minute nor the mean of three scores has an end in decimals.
/// </summary>
public readonly record struct DailyScores(int Engagement, int Progress, int Community, int Overall)
{
    // 30 points for 120 minutes are 1/240,000 of a point for a millisecond.
    const long EngagementUnit = 240_000;
    const long MillisecondsMax = 120 * 60_000;

    public static DailyScores Of(DayWindow day) => Of(day, Sessions.Milliseconds(day.Sessions));

    internal static DailyScores Of(DayWindow day, long sessionMilliseconds)
    {
        var engagement = Math.Min(100 * EngagementUnit,
            EngagementUnit * (20L * day.Sessions.Length + 10L * Math.Min(day.Features.Length, 5)) + Math.Min(
                sessionMilliseconds, MillisecondsMax));
        var community = CommunityOf(day.Posts, day.Comments, day.Questions, day.Answers);
        var done = 25L * day.Lessons + 20L * day.Assessments + 15L * day.Modules;
        if (day.ScoredAssessments > 0) return Scored(day, engagement, done, community);
        var progress = Math.Min(100, done);
        // 0.4·e/unit + 0.4·p + 0.2·c
        var overall = 2 * engagement + EngagementUnit * (2 * progress + community);
        return new DailyScores(HalfUp(engagement, EngagementUnit), (int)progress, community, HalfUp(overall, 5 * EngagementUnit));
    }

    /// <summary>The community formula; over the totals of 30 days it is community_contribution.</summary>
    internal static int CommunityOf(int posts, int comments, int questions, int answers) =>
        (int)Math.Min(100, 15L * posts + 10L * comments + 20L * questions + 25L * answers);

    static DailyScores Scored(DayWindow day, long engagement, long done, int community)
    {
        if (!TryThousandths(day.ScoreSum, out var thousandths)) return FinelyScored(day, engagement, done, community);
        // Progress over 10,000·n, which is a 24th of what engagement's unit makes of n.
        long count = day.ScoredAssessments;
        var progress = Math.Min(1_000_000 * count, 10_000 * count * done + 3 * thousandths);
        var overall = 2 * engagement * count + 48 * progress + EngagementUnit * count * community;
        return new DailyScores(
            HalfUp(engagement, EngagementUnit), HalfUp(progress, 10_000 * count), community, HalfUp(overall, 5 * EngagementUnit * count));
    }

    /// <summary>Whole numbers take a tenth of the time of decimals, and nearly every sum of scores has three digits or fewer.</summary>
    static bool TryThousandths(decimal sum, out long thousandths)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(sum, bits);
        thousandths = (uint)bits[0];
        for (int scale = sum.Scale; scale < 3; scale++) thousandths *= 10;
        return bits[1] == 0 && bits[2] == 0 && bits[3] >= 0 && sum.Scale <= 3;
    }

    static DailyScores FinelyScored(DayWindow day, long engagement, long done, int community)
    {
        decimal count = day.ScoredAssessments;
        var progress = Math.Min(100 * count, done * count + 0.3m * day.ScoreSum);
        var overall = 2 * engagement * count + EngagementUnit * (2 * progress + community * count);
        return new DailyScores(
            HalfUp(engagement, EngagementUnit), HalfUp(progress, count), community, HalfUp(overall, 5 * EngagementUnit * count));
    }

    static int HalfUp(long numerator, long denominator) => (int)((2 * numerator + denominator) / (2 * denominator));

    static int HalfUp(decimal numerator, decimal denominator) => (int)decimal.Floor((2 * numerator + denominator) / (2 * denominator));
}
