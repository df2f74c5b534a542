namespace LStep.Domain.Measuring;

/// <summary>The direction of the overall score: the mean of 7 days against the 7 before.</summary>
public enum Trend : byte { Stable, Up, Down }

public static class Trends
{
    public static string Name(Trend trend) => trend switch
    {
        Trend.Stable => "stable",
        Trend.Up => "up",
        Trend.Down => "down",
        _ => throw new ArgumentOutOfRangeException(nameof(trend), trend, "no such trend"),
    };

    /// <summary>Compared as whole products: a mean over 7 days has no end in decimals.</summary>
    internal static Trend Of(int sum, int days, int sumBefore, int daysBefore)
    {
        if (days == 0 || daysBefore == 0) return Trend.Stable;
        var change = sum * daysBefore - sumBefore * days;
        var step = 5 * days * daysBefore;
        return change >= step ? Trend.Up : change <= -step ? Trend.Down : Trend.Stable;
    }

    /// <summary>How many days of the span [last − length + 1, last] were observed: they are not before the start.</summary>
    internal static int Observed(int last, int length, int start) => Math.Clamp(last - start + 1, 0, length);
}
