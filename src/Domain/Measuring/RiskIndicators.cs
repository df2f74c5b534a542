using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;

namespace LStep.Domain.Measuring;

/// <summary>
/// The twelve risk indicators. The first four look at a single day in a daily row, and at the days of learning in a customer.
/// </summary>
[Flags]
public enum RiskIndicators : ushort
{
    None = 0,
    LowEngagement = 1 << 0,
    LearningStagnation = 1 << 1,
    SocialIsolation = 1 << 2,
    ActivityDecline = 1 << 3,
    LoginGap = 1 << 4,
    EngagementDrop = 1 << 5,
    AssessmentFailure = 1 << 6,
    SessionShortening = 1 << 7,
    StalledModule = 1 << 8,
    NeverStarted = 1 << 9,
    SupportBurden = 1 << 10,
    BillingRisk = 1 << 11,

    OfADay = LowEngagement | LearningStagnation | SocialIsolation | ActivityDecline,
}

public enum Severity : byte { Low, Medium, High }

/// <summary>Names, severities and the day's part of the risk indicators.</summary>
public static class Indicators
{
    const int EngagementMin = 30;
    const int ProgressMin = 20;
    const int ActivitiesPerDayMin = 3;
    const int ActiveDaysOfTheIsolatedMin = 4;

    static readonly ImmutableArray<(RiskIndicators Indicator, string Name, Severity Severity)> Table =
    [
        (RiskIndicators.LowEngagement, "low_engagement", Severity.High),
        (RiskIndicators.LearningStagnation, "learning_stagnation", Severity.Medium),
        (RiskIndicators.SocialIsolation, "social_isolation", Severity.Low),
        (RiskIndicators.ActivityDecline, "activity_decline", Severity.Medium),
        (RiskIndicators.LoginGap, "login_gap", Severity.High),
        (RiskIndicators.EngagementDrop, "engagement_drop", Severity.High),
        (RiskIndicators.AssessmentFailure, "assessment_failure", Severity.Medium),
        (RiskIndicators.SessionShortening, "session_shortening", Severity.Low),
        (RiskIndicators.StalledModule, "stalled_module", Severity.Medium),
        (RiskIndicators.NeverStarted, "never_started", Severity.High),
        (RiskIndicators.SupportBurden, "support_burden", Severity.Medium),
        (RiskIndicators.BillingRisk, "billing_risk", Severity.High),
    ];

    static readonly FrozenDictionary<string, RiskIndicators> ByName = Table.ToFrozenDictionary(
        row => row.Name, row => row.Indicator, StringComparer.Ordinal);

    public static IEnumerable<RiskIndicators> All => Table.Select(row => row.Indicator);

    public static string Name(RiskIndicators one) => Row(one).Name;

    public static Severity SeverityOf(RiskIndicators one) => Row(one).Severity;

    public static string Name(Severity severity) => severity switch
    {
        Severity.Low => "low",
        Severity.Medium => "medium",
        Severity.High => "high",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "no such severity"),
    };

    public static bool TryParse(string name, out RiskIndicators indicator) => ByName.TryGetValue(name, out indicator);

    public static int Count(RiskIndicators raised) => BitOperations.PopCount((uint)raised);

    /// <summary>Names in the order of the contract.</summary>
    public static ImmutableArray<string> Names(RiskIndicators raised) =>
        [.. Table.Where(row => raised.HasFlag(row.Indicator)).Select(row => row.Name)];

    /// <summary>The four indicators of a day with these stored scores; a silent day raises all four.</summary>
    public static RiskIndicators OfDay(DailyScores scores, int activities) =>
        (scores.Engagement < EngagementMin ? RiskIndicators.LowEngagement : 0)
        | (scores.Progress < ProgressMin ? RiskIndicators.LearningStagnation : 0)
        | (scores.Community == 0 ? RiskIndicators.SocialIsolation : 0)
        | (activities < ActivitiesPerDayMin ? RiskIndicators.ActivityDecline : 0);

    /// <summary>The same four of a customer: means over the days of learning, and the community of the 30-day window.</summary>
    internal static RiskIndicators OfLearning(in LearningDays days, in WindowSums month) =>
        (days.Engagement < EngagementMin * days.Count ? RiskIndicators.LowEngagement : 0)
        | (days.Progress < ProgressMin * days.Count ? RiskIndicators.LearningStagnation : 0)
        | (month.ActiveDays >= ActiveDaysOfTheIsolatedMin && month.Talk == 0 ? RiskIndicators.SocialIsolation : 0)
        | (days.Activities < ActivitiesPerDayMin * days.Count ? RiskIndicators.ActivityDecline : 0);

    static (RiskIndicators Indicator, string Name, Severity Severity) Row(RiskIndicators one) =>
        BitOperations.IsPow2((uint)one) && BitOperations.Log2((uint)one) < Table.Length
            ? Table[BitOperations.Log2((uint)one)]
            : throw new ArgumentOutOfRangeException(nameof(one), one, "not one indicator");
}
