using LStep.Domain.Measuring;

namespace LStep.Domain;

/// <summary>Everything a rule can name, but for traits.NAME. The snake_case names of the contract come from the members' names.</summary>
public enum Metric : byte
{
    // Lifetime
    ModulesCompleted, LessonsCompleted, AssessmentsTaken, AssessmentAvgScore, FinalAssessment, CurriculumCompletion,

    // Windowed, 7 and 30 days
    Sessions7d, Sessions30d, SessionMinutes7d, SessionMinutes30d, PagesViewed7d, PagesViewed30d, FeaturesUsed7d, FeaturesUsed30d,
    LessonsCompleted7d, LessonsCompleted30d, AssessmentsTaken7d, AssessmentsTaken30d, AssessmentsScored7d, AssessmentsScored30d,
    AssessmentAvgScore7d, AssessmentAvgScore30d, ModulesCompleted7d, ModulesCompleted30d, ForumPosts7d, ForumPosts30d,
    CommentsMade7d, CommentsMade30d, QuestionsAsked7d, QuestionsAsked30d, AnswersGiven7d, AnswersGiven30d, ActiveDays7d, ActiveDays30d,

    // Scores: mean of the daily score over 7 days, over 30 days, and today's
    EngagementScore, EngagementScore30d, EngagementScoreToday, ProgressScore, ProgressScore30d, ProgressScoreToday,
    CommunityScore, CommunityScore30d, CommunityScoreToday, OverallHealthScore, OverallHealthScore30d, OverallHealthScoreToday,
    CommunityContribution,

    // Change
    EngagementChange7d, ScoreTrend, UsualGap,

    // Recency, whole elapsed 24-hour periods
    DaysSinceLogin, DaysSinceActivity, DaysSinceEnrollment, DaysInStatus,

    // Profile and others
    CustomerTier, ProductTag, LtvValue, RiskIndicatorCount, RiskIndicators, ChurnProbability, PreviousTag, BehaviorTags,
}
