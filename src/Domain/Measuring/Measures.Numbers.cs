namespace LStep.Domain.Measuring;

public sealed partial class Measures
{
    /// <summary>A number metric's value; false when it has none, and for the other kinds. Allocates nothing.</summary>
    public bool TryNumber(Metric metric, out decimal value)
    {
        var life = State.Lifetime;
        decimal? number = metric switch
        {
            Metric.ModulesCompleted => life.Modules,
            Metric.LessonsCompleted => life.Lessons,
            Metric.AssessmentsTaken => life.Assessments,
            Metric.AssessmentAvgScore => Mean(life.ScoreSum, life.ScoredAssessments),
            Metric.FinalAssessment => life.BestFinal,
            Metric.CurriculumCompletion => life.CurriculumCompletion?.Value ?? 0,
            >= Metric.Sessions7d and <= Metric.ActiveDays30d => Windowed(metric),
            >= Metric.EngagementScore and <= Metric.CommunityContribution => Score(metric),
            Metric.EngagementChange7d => EngagementChange(),
            Metric.UsualGap => UsualGapDays,
            Metric.DaysSinceLogin or Metric.DaysSinceActivity or Metric.DaysSinceEnrollment or Metric.DaysInStatus =>
                WholeDaysSince(Anchor(metric)!.Value),
            Metric.LtvValue => State.Profile.LtvValue,
            Metric.RiskIndicatorCount => Indicators.Count(Raised),
            Metric.ChurnProbability => ChurnProbability,
            _ => null,
        };
        value = number.GetValueOrDefault();
        return number.HasValue;
    }

    decimal? Windowed(Metric metric)
    {
        if (metric == Metric.FeaturesUsed7d) return Features(7);
        if (metric == Metric.FeaturesUsed30d) return Features(Limits.WindowDays);
        Sum();
        // The two windows of a metric stand side by side: first 7 days, then 30.
        var isWeek = (metric - Metric.Sessions7d) % 2 == 0;
        ref readonly var sums = ref isWeek ? ref week : ref month;
        return (isWeek ? metric : metric - 1) switch
        {
            Metric.Sessions7d => sums.Sessions,
            Metric.SessionMinutes7d => Minutes(sums.Milliseconds),
            Metric.PagesViewed7d => sums.Pages,
            Metric.LessonsCompleted7d => sums.Lessons,
            Metric.AssessmentsTaken7d => sums.Assessments,
            Metric.AssessmentsScored7d => sums.Scored,
            Metric.AssessmentAvgScore7d => Mean(sums.ScoreSum, sums.Scored),
            Metric.ModulesCompleted7d => sums.Modules,
            Metric.ForumPosts7d => sums.Posts,
            Metric.CommentsMade7d => sums.Comments,
            Metric.QuestionsAsked7d => sums.Questions,
            Metric.AnswersGiven7d => sums.Answers,
            Metric.ActiveDays7d => sums.ActiveDays,
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "no windowed metric"),
        };
    }

    decimal? Score(Metric metric)
    {
        Sum();
        var (days, days30) = (ObservedWeek, Trends.Observed(today, Limits.WindowDays, start));
        return metric switch
        {
            Metric.EngagementScore => Mean(week.Engagement, days),
            Metric.EngagementScore30d => Mean(month.Engagement, days30),
            Metric.EngagementScoreToday => todayScores.Engagement,
            Metric.ProgressScore => Mean(week.Progress, days),
            Metric.ProgressScore30d => Mean(month.Progress, days30),
            Metric.ProgressScoreToday => todayScores.Progress,
            Metric.CommunityScore => Mean(week.Community, days),
            Metric.CommunityScore30d => Mean(month.Community, days30),
            Metric.CommunityScoreToday => todayScores.Community,
            Metric.OverallHealthScore => Mean(week.Overall, days),
            Metric.OverallHealthScore30d => Mean(month.Overall, days30),
            Metric.OverallHealthScoreToday => todayScores.Overall,
            Metric.CommunityContribution => DailyScores.CommunityOf(month.Posts, month.Comments, month.Questions, month.Answers),
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "no score"),
        };
    }

    /// <summary>Percent against the 7 days before; no value where those were 0 or not observed.</summary>
    decimal? EngagementChange()
    {
        Sum();
        var (days, daysBefore) = (ObservedWeek, ObservedBefore);
        if (daysBefore == 0 || engagementBefore == 0) return null;
        // One division at the end: −50% is then exactly −50.
        return 100m * (week.Engagement * daysBefore - engagementBefore * days) / (engagementBefore * days);
    }

    static decimal? Mean(decimal sum, int count) => count == 0 ? null : sum / count;
}
