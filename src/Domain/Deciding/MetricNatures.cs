namespace LStep.Domain.Deciding;

/// <summary>What a metric is decides how much a clause on it proves.</summary>
enum MetricNature : byte { Other, Count, Score, Change, DaysSince }

static class MetricNatures
{
    /// <summary>Counts, scores and changes are low when little was seen; a silence is long only when long was watched.</summary>
    public static MetricNature Nature(this Metric metric) => metric switch
    {
        Metric.DaysSinceLogin or Metric.DaysSinceActivity or Metric.DaysSinceEnrollment => MetricNature.DaysSince,
        Metric.EngagementChange7d => MetricNature.Change,
        Metric.AssessmentAvgScore or Metric.AssessmentAvgScore7d or Metric.AssessmentAvgScore30d or Metric.FinalAssessment =>
            MetricNature.Score,
        >= Metric.EngagementScore and <= Metric.CommunityContribution => MetricNature.Score,
        >= Metric.ModulesCompleted and <= Metric.AssessmentsTaken => MetricNature.Count,
        >= Metric.Sessions7d and <= Metric.ActiveDays30d => MetricNature.Count,
        Metric.RiskIndicatorCount => MetricNature.Count,
        _ => MetricNature.Other,
    };

    /// <summary>Grows by one with every 24 hours from an anchor, with no event arriving.</summary>
    public static bool IsRecency(this Metric metric) =>
        metric is Metric.DaysSinceLogin or Metric.DaysSinceActivity or Metric.DaysSinceEnrollment or Metric.DaysInStatus;

    /// <summary>Changes with events only, never with time.</summary>
    public static bool IsTimeless(this Metric metric) =>
        metric is (
            >= Metric.ModulesCompleted and <= Metric.CurriculumCompletion) or Metric.CustomerTier or Metric.ProductTag or Metric.LtvValue;
}
