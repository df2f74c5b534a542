using System.Collections.Immutable;

namespace LStep.Domain.Valuing;

/// <summary>How many days lie between two payments, as they were seen: a share of each length in days.</summary>
public sealed class Gaps
{
    /// <summary>A longer one is told as this.</summary>
    public const int DaysMax = 400;

    /// <summary>Payments a month apart: what is thought before anything was seen.</summary>
    public static Gaps Monthly { get; } = Of(new Dictionary<int, int> { [28] = 1, [30] = 4, [31] = 4, [35] = 1 });

    readonly double[] longer = new double[DaysMax + 2];
    readonly double[] restMean = new double[DaysMax + 2];
    readonly double[] restVariance = new double[DaysMax + 2];

    Gaps(ImmutableSortedDictionary<int, int> counts)
    {
        Counts = counts;
        double whole = 0, sum = 0, squares = 0;
        foreach (var count in counts.Values) whole += count;
        double beyond = 0;
        for (var day = DaysMax; day >= 0; day--)
        {
            longer[day] = beyond / whole;
            restMean[day] = beyond > 0 ? (sum / beyond) - day : 1;
            restVariance[day] = beyond > 0 ? Math.Max(0, (squares / beyond) - (sum / beyond * (sum / beyond))) : 0;
            if (!counts.TryGetValue(day, out var here)) continue;
            beyond += here;
            sum += (double)here * day;
            squares += (double)here * day * day;
        }
        (Mean, Variance) = (restMean[0], restVariance[0]);
    }

    public ImmutableSortedDictionary<int, int> Counts { get; }
    public double Mean { get; }
    public double Variance { get; }

    /// <param name="counts">Of each length from 1 to <see cref="DaysMax"/>; at least one.</param>
    public static Gaps Of(IEnumerable<KeyValuePair<int, int>> counts) => new(counts.ToImmutableSortedDictionary());

    /// <summary>The share of gaps that last longer than so many days.</summary>
    public double Longer(int days) => longer[Math.Clamp(days, 0, DaysMax)];

    /// <summary>Of those that have lasted so many days: what is still to come, and how far that varies.</summary>
    public (double Mean, double Variance) Rest(int days)
    {
        var day = Math.Clamp(days, 0, DaysMax);
        return longer[day] > 0 ? (restMean[day], restVariance[day]) : (Mean, Variance);
    }
}
