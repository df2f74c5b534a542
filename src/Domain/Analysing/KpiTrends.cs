using LStep.Domain.Measuring;

namespace LStep.Domain.Analysing;

/// <summary>Whether a figure moved, and whether it is where it was meant to be.</summary>
public static class KpiTrends
{
    private const double PointsStable = 1, ShareStable = 0.05;

    /// <summary>Against the range before: less than one percentage point, or 5% of a duration, is no movement.</summary>
    public static Trend? Of(double? value, double? previous, KpiUnit unit)
    {
        if (value is not { } now || previous is not { } before) return null;
        var change = now - before;
        var least = unit is KpiUnit.Percent ? PointsStable : ShareStable * before;
        return change == 0 || Math.Abs(change) < least ? Trend.Stable : change > 0 ? Trend.Up : Trend.Down;
    }

    /// <summary>Null where there is no value, or no goal.</summary>
    public static bool? IsMet(double? value, double? goal, bool higherIsBetter) =>
        value is null || goal is null ? null : higherIsBetter ? value >= goal : value <= goal;
}
