using System.Collections.Immutable;

namespace LStep.Domain.Measuring;

/// <summary>One row of daily_learning_metrics: an active day with its scores, its trend and the day's own indicators.</summary>
public sealed record DailyRow
{
    /// <summary>
    /// The trend looks at a day and the 13 before it: an activity changes the rows of its day and of the 13 days after it.
    /// </summary>
    public const int TrendDays = 14;

    public required DateOnly Date { get; init; }
    public int SessionsCount { get; init; }
    public decimal TotalSessionMinutes { get; init; }
    public int PagesViewed { get; init; }
    public int FeaturesUsed { get; init; }
    public int LessonsCompleted { get; init; }
    public int AssessmentsTaken { get; init; }
    public decimal? AssessmentAvgScore { get; init; }
    public int ModulesCompleted { get; init; }
    public int ForumPosts { get; init; }
    public int CommentsMade { get; init; }
    public int QuestionsAsked { get; init; }
    public int AnswersGiven { get; init; }
    public int EngagementScore { get; init; }
    public int ProgressScore { get; init; }
    public int CommunityScore { get; init; }
    public int OverallHealthScore { get; init; }
    public Trend ScoreTrend { get; init; }

    /// <summary>Of the first four only: those that look at the day itself.</summary>
    public RiskIndicators RiskIndicators { get; init; }

    public int Activities { get; init; }
    public int MobileActivities { get; init; }
    public int VideoActivities { get; init; }

    /// <summary>Null when the day has no activity. Exact only where <see cref="IsInReach"/>.</summary>
    public static DailyRow? Of(CustomerState state, DateOnly date, BusinessCalendar calendar) =>
        Of(state.Days.AsSpan(), date, calendar.DayOf(state.Start));

    /// <summary>Whether the state still holds every day that the row of a date looks at; older rows are rebuilt from the log.</summary>
    public static bool IsInReach(CustomerState state, DateOnly date, BusinessCalendar calendar)
    {
        var first = date.AddDays(1 - TrendDays);
        var start = calendar.DayOf(state.Start);
        return (first > start ? first : start) >= Windows.FirstDay(calendar.DayOf(state.EvaluatedAt));
    }

    /// <summary>
    /// From the days in [date − 13, date], in any order; others are passed over. start is the business day of the customer's start.
    /// </summary>
    public static DailyRow? Of(ReadOnlySpan<DayWindow> days, DateOnly date, DateOnly start)
    {
        DayWindow? day = null;
        var (sum, sumBefore) = (0, 0);
        foreach (var other in days)
        {
            var age = date.DayNumber - other.Date.DayNumber;
            if (age is < 0 or >= TrendDays) continue;
            if (age == 0) day = other;
            var overall = DailyScores.Of(other).Overall;
            if (age < TrendDays / 2) sum += overall;
            else sumBefore += overall;
        }
        if (day is null || day.Activities == 0) return null;
        var scores = DailyScores.Of(day);
        return new DailyRow
        {
            Date = date,
            SessionsCount = day.Sessions.Length,
            TotalSessionMinutes = Measures.Minutes(Sessions.Milliseconds(day.Sessions)),
            PagesViewed = day.PageViews,
            FeaturesUsed = day.Features.Length,
            LessonsCompleted = day.Lessons,
            AssessmentsTaken = day.Assessments,
            AssessmentAvgScore = day.ScoredAssessments == 0 ? null : day.ScoreSum / day.ScoredAssessments,
            ModulesCompleted = day.Modules,
            ForumPosts = day.Posts,
            CommentsMade = day.Comments,
            QuestionsAsked = day.Questions,
            AnswersGiven = day.Answers,
            EngagementScore = scores.Engagement,
            ProgressScore = scores.Progress,
            CommunityScore = scores.Community,
            OverallHealthScore = scores.Overall,
            ScoreTrend = Trends.Of(
                sum, Trends.Observed(date.DayNumber, TrendDays / 2, start.DayNumber),
                sumBefore, Trends.Observed(date.DayNumber - TrendDays / 2, TrendDays / 2, start.DayNumber)),
            RiskIndicators = Indicators.OfDay(scores, day.Activities),
            Activities = day.Activities,
            MobileActivities = day.MobileActivities,
            VideoActivities = day.VideoActivities,
        };
    }
}
