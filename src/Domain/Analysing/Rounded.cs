namespace LStep.Domain.Analysing;

/// <summary>Figures as they are told: percentages and days with one decimal, hours with two.</summary>
public static class Rounded
{
    public static double? Of(double? value, KpiUnit unit) =>
        value is { } number ? Math.Round(number, unit is KpiUnit.Hours ? 2 : 1, MidpointRounding.AwayFromZero) : null;

    /// <summary>A part in percent of a whole; null where the whole is nothing.</summary>
    public static double? Percent(double part, double whole) => whole > 0 ? Of(100 * part / whole, KpiUnit.Percent) : null;

    /// <summary>What changed from a figure to the next, both as they are told.</summary>
    public static double? Difference(double? value, double? before, KpiUnit unit) => Of(value - before, unit);
}
