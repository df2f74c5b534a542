using System.Globalization;
using LStep.Api.Http;
using LStep.Domain.Analysing;
using LStep.Domain.Measuring;
using LStep.Grains.Analytics;

namespace LStep.Api.Analytics;

/// <param name="Through">The ledger id up to which everything is counted.</param>
public sealed record Kpis(
    DateOnly From, DateOnly To, DateOnly PreviousFrom, DateOnly PreviousTo, DateTimeOffset AsOf, long Through, IReadOnlyList<Kpi> Items)
{
    public static Kpis Of(KpisOfRange figures)
    {
        var frame = figures.Frame;
        return new Kpis(
            frame.Range.From, frame.Range.To, frame.Range.Previous.From, frame.Range.Previous.To, frame.AsOf, frame.Through,
            [.. figures.Figures.Select(Kpi.Of)]);
    }
}


/// <param name="Value">
/// In the unit; null where nothing was counted. Churn and progression are per 28 days, whatever the range, and null over fewer than 28
/// customer-days.
/// </param>
/// <param name="Goal">Null where it follows a baseline that is not known yet.</param>
/// <param name="Baseline">Of the installation's first 28 days, once they are over, or as it was set.</param>
/// <param name="Trend">Against the range of equal length before: stable within one percentage point, or within 5% of a duration.</param>
/// <param name="Better">Whether higher or lower values are.</param>
/// <param name="Change">The value less the previous one, in the unit.</param>
/// <param name="Numerator">What the value is made from; null for medians.</param>
/// <param name="Denominator">Of how many; for medians how many were counted, for churn and progression customers times 28 days.</param>
/// <param name="Met">Null where value or goal is.</param>
/// <param name="Days">Each day's own value.</param>
/// <param name="Breakdown">By tier and business month, of churn and progression; empty for the others.</param>
public sealed record Kpi(
    string Name, double? Value, double? Goal, double? Baseline, string? Trend, string Unit, string Better, double? Previous,
    double? Change, double? Numerator, double? Denominator, bool? Met, bool GoalIsSet, bool BaselineIsSet, IReadOnlyList<DayValue> Days,
    IReadOnlyList<KpiBreakdown> Breakdown)
{
    internal static Kpi Of(KpiFigure figure)
    {
        var (kind, unit, value) = (figure.Kind, figure.Kind.Unit(), figure.Value.Value);
        return new Kpi(
            kind.Name(), value, figure.Goal, figure.Baseline,
            KpiTrends.Of(value, figure.Previous, unit) is { } trend ? Trends.Name(trend) : null, SnakeCase.Of(unit),
            kind.HigherIsBetter() ? "higher" : "lower", figure.Previous, Rounded.Difference(value, figure.Previous, unit),
            figure.Value.Part, figure.Value.Whole is { } whole ? Math.Round(whole, 1) : null,
            KpiTrends.IsMet(value, figure.Goal, kind.HigherIsBetter()), figure.Set.Goal is not null, figure.Set.Baseline is not null,
            [.. figure.Days.Select(day => new DayValue(day.Day, day.Value))], [.. figure.Breakdown.Select(KpiBreakdown.Of)]);
    }
}


/// <param name="Tier">Empty for customers without one.</param>
/// <param name="Month">Such as 2026-03: the whole month, also where the range has a part of it; this month up to now.</param>
/// <param name="Baseline">The tier's own, unless one was set.</param>
public sealed record KpiBreakdown(string Tier, string Month, double? Value, double? Baseline)
{
    internal static KpiBreakdown Of(KpiOfMonth one) =>
        new(one.Tier, one.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), one.Value, one.Baseline);
}


/// <param name="Goal">In the unit of the figure; left out or null, it is the default again.</param>
/// <param name="Baseline">Left out or null, it is that of the first 28 days again.</param>
public sealed record NewKpiGoal(double? Goal = null, double? Baseline = null);

/// <summary>As a person set it; null where the default holds.</summary>
public sealed record KpiGoal(string Name, double? Goal, double? Baseline, DateTimeOffset ChangedAt, string ChangedBy);
