using LStep.Domain.Campaigning;

namespace LStep.Domain.Valuing;

/// <summary>How often something happens per unit of time, with its 95% interval.</summary>
public readonly record struct RateFigure(double Value, Interval Interval)
{
    /// <summary>
    /// The score interval of a Poisson rate: (n + z²/2 ± z·√(n + z²/4)) / time, the bounds at which n lies just z standard deviations off.
    /// </summary>
    /// <returns>Null where no time has passed.</returns>
    public static RateFigure? Of(long count, double time)
    {
        if (time <= 0) return null;
        const double Z = NormalCurve.Z95;
        var (middle, width) = (count + (Z * Z / 2), Z * Math.Sqrt(count + (Z * Z / 4)));
        return new RateFigure(count / time, new Interval(Math.Max(0, middle - width) / time, (middle + width) / time));
    }
}
