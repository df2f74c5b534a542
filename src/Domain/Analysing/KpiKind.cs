namespace LStep.Domain.Analysing;

/// <summary>The figures that a goal is set for, in the order in which they are told.</summary>
public enum KpiKind
{
    ActiveLearnerRate,
    ActiveLearnerRateOpen,
    ProgressionVelocity,
    MasteryWithin60Days,
    AtRiskDetection,
    RecoveryRate,
    AutomationShare,
    AutomationAccuracy,
    ChurnRate,
    ProgressionRate,
}

public enum KpiUnit { Percent, Days, Hours, Customers }

/// <summary>Names, units and default goals.</summary>
public static class KpiKinds
{
    public const double DurationMax = 10_000;

    public static IReadOnlyList<KpiKind> All { get; } = Enum.GetValues<KpiKind>();

    public static string Name(this KpiKind kind) => kind switch
    {
        KpiKind.ActiveLearnerRate => "active_learner_rate",
        KpiKind.ActiveLearnerRateOpen => "active_learner_rate_open",
        KpiKind.ProgressionVelocity => "progression_velocity",
        KpiKind.MasteryWithin60Days => "mastery_within_60_days",
        KpiKind.AtRiskDetection => "at_risk_detection",
        KpiKind.RecoveryRate => "recovery_rate",
        KpiKind.AutomationShare => "automation_share",
        KpiKind.AutomationAccuracy => "automation_accuracy",
        KpiKind.ChurnRate => "churn_rate",
        KpiKind.ProgressionRate => "progression_rate",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such figure"),
    };

    /// <returns>Null where no figure has this name.</returns>
    public static KpiKind? Named(string name)
    {
        foreach (var kind in All)
            if (kind.Name() == name) return kind;
        return null;
    }

    public static KpiUnit Unit(this KpiKind kind) => kind switch
    {
        KpiKind.ProgressionVelocity => KpiUnit.Days,
        KpiKind.AtRiskDetection => KpiUnit.Hours,
        _ => KpiUnit.Percent,
    };

    /// <summary>A duration is the median of those that were counted; the others are a part of a whole.</summary>
    public static bool IsMedian(this KpiKind kind) => kind.Unit() is KpiUnit.Days or KpiUnit.Hours;

    public static bool HigherIsBetter(this KpiKind kind) =>
        kind is not (KpiKind.ProgressionVelocity or KpiKind.AtRiskDetection or KpiKind.ChurnRate);

    /// <summary>The most that a goal or baseline in this unit may be.</summary>
    public static double Most(this KpiUnit unit) => unit is KpiUnit.Percent ? 100 : DurationMax;

    /// <summary>Where nobody has set one. Churn and progression are measured against what they were at first.</summary>
    public static double? DefaultGoal(this KpiKind kind, double? baseline) => kind switch
    {
        KpiKind.ActiveLearnerRate => 70,
        KpiKind.ActiveLearnerRateOpen => null,
        KpiKind.ProgressionVelocity => 14,
        KpiKind.MasteryWithin60Days => 40,
        KpiKind.AtRiskDetection => 24,
        KpiKind.RecoveryRate => 35,
        KpiKind.AutomationShare or KpiKind.AutomationAccuracy => 85,
        KpiKind.ChurnRate => baseline > 0 ? Rounded.Of(baseline * 0.75, kind.Unit()) : null,
        KpiKind.ProgressionRate => baseline > 0 ? Rounded.Of(baseline * 1.25, kind.Unit()) : null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such figure"),
    };
}
