using System.Collections.Immutable;

namespace LStep.Domain.Deciding;

using static Condition;
using static Metric;
using static StatusTag;

/// <summary>Version 1: the fifteen rules every installation starts with, as a table.</summary>
public static class DefaultRules
{
    static readonly ImmutableArray<StatusTag> Early = [Active, Progressing], Learning = [Active, Progressing, Mastery],
    AtRisk = [Declining, ReEngagement];

    public static ImmutableArray<Rule> Rules { get; } =
    [
        Rule(1, 10, "Active to Progressing", [Active], Progressing,
            Is(ModulesCompleted, ">=", 2), Is(AssessmentAvgScore, ">=", 70)),
        Rule(2, 10, "Progressing to Mastery", [Progressing], Mastery,
            Is(CurriculumCompletion, ">=", 90), Is(FinalAssessment, ">=", 85), Is(CommunityContribution, ">=", 50)),
        Rule(3, 5, "At-risk detection", Early, Declining,
            Is(DaysSinceLogin, ">=", 5), Is(EngagementScore, "<", 40)) with { UsualRhythm = true },
        Rule(4, 20, "Re-engagement campaign", [Declining], ReEngagement,
            Is(CustomerTier, "in", "Pro", "Enterprise"), Is(LtvValue, ">=", 1000), Is(DaysSinceLogin, ">=", 2)),
        Rule(5, 30, "Mark as churned", AtRisk, Churned,
            Is(DaysSinceActivity, ">=", 30)),
        Rule(6, 4, "Silent high-value customer", Learning, Declining,
            Either(Is(CustomerTier, "in", "Enterprise"), Is(LtvValue, ">", 5000)),
            Is(DaysSinceLogin, ">=", 3), Is(EngagementScore, "<", 40)) with { RequiresApproval = true, UsualRhythm = true },
        Rule(7, 6, "Engagement collapse", Early, Declining,
            Is(EngagementChange7d, "<=", -50), Is(ActiveDays7d, "<=", 1), Is(DaysSinceLogin, ">=", 3)) with { UsualRhythm = true },
        Rule(8, 7, "Never started", [Active], Declining,
            Is(DaysSinceEnrollment, ">=", 4), Is(LessonsCompleted, "<=", 0), Is(ModulesCompleted, "<=", 0),
            Is(AssessmentsTaken, "<=", 0), Is(DaysSinceLogin, ">=", 4)),
        Rule(9, 8, "Learning stagnation", Early, Declining,
            Is(LessonsCompleted30d, "<=", 0), Is(DaysSinceEnrollment, ">=", 30), Is(DaysInStatus, ">=", 14),
            Is(AssessmentsTaken30d, "<=", 0), Is(ProgressScore, "<", 10), Is(EngagementScore, "<", 40),
            Is(Metric.CurriculumCompletion, "<", 90)),
        Rule(10, 9, "Failing assessments", Early, Declining,
            Is(AssessmentsScored30d, ">=", 2), Is(AssessmentAvgScore30d, "<", 50)) with { RequiresApproval = true },
        Rule(11, 5, "Mastery slipping", [Mastery], Declining,
            Is(DaysSinceLogin, ">=", 14), Is(EngagementScore, "<", 25)),
        Rule(12, 15, "Recovery", AtRisk, Active,
            Either(Is(Sessions7d, ">=", 3), Is(ActiveDays30d, ">=", 4)),
            Either(Is(LessonsCompleted7d, ">=", 1), Is(AssessmentsTaken7d, ">=", 1), Is(CurriculumCompletion, ">=", 90)),
            Is(DaysSinceLogin, "<", 2), new Not(Is(Metric.RiskIndicators, "contains", "assessment_failure"))),
        Rule(13, 35, "Freemium rescue", [Declining], ReEngagement,
            Is(CustomerTier, "in", "Freemium"), Is(LessonsCompleted, ">=", 5), Is(DaysInStatus, ">=", 3), Is(DaysSinceLogin, ">=", 2)),
        Rule(14, 9, "Payment trouble", Learning, Declining,
            Is(Metric.RiskIndicators, "contains", "billing_risk"), Is(DaysSinceLogin, ">=", 2)) with { RequiresApproval = true },
        Rule(15, 30, "Returned after churn", [Churned], Active,
            Is(Sessions7d, ">=", 1), Is(DaysSinceLogin, "<", 7)) with { RequiresApproval = true },
    ];

    public static RuleSet Version1(DateTimeOffset publishedAt) => new(1, "system", publishedAt, Rules);

    static Rule Rule(
        int id, int priority, string name, ImmutableArray<StatusTag> from, StatusTag to, params ImmutableArray<Condition> all) =>
        new() { Id = id, Priority = priority, Name = name, From = from, To = to, Conditions = all.Length == 1 ? all[0] : new All(all) };

    static Clause Is(Metric metric, string op, decimal value) => new(metric, null, Parse(op), new Threshold([value], []));

    static Clause Is(Metric metric, string op, params ImmutableArray<string> texts) =>
        new(metric, null, Parse(op), new Threshold([], texts));

    static Any Either(params ImmutableArray<Condition> parts) => new(parts);

    static Operator Parse(string op) => Operators.TryParse(op, out var known) ? known : throw new FormatException($"'{op}' is no operator");
}
