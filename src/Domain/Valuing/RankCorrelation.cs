using LStep.Domain.Campaigning;

namespace LStep.Domain.Valuing;

/// <param name="Value">From -1 to 1.</param>
/// <param name="Pairs">Of how many customers.</param>
public readonly record struct CorrelationFigure(double Value, Interval Interval, int Pairs);

/// <summary>Whether two figures of customers rise together: the correlation of their ranks (Spearman), ties at their mean rank.</summary>
public static class RankCorrelation
{
    public const int PairsMin = 30;

    /// <summary>
    /// With the 95% interval of Fisher's transformation and the standard error of Bonett and Wright ("Sample size requirements for
    /// estimating Pearson, Kendall and Spearman correlations", Psychometrika 65, 2000): √((1 + r²/2) / (n − 3)).
    /// </summary>
    /// <returns>Null with too few pairs, or where one of the figures is the same for all.</returns>
    public static CorrelationFigure? Of(IReadOnlyList<(double X, double Y)> pairs)
    {
        if (pairs.Count < PairsMin) return null;
        var (x, y) = (new double[pairs.Count], new double[pairs.Count]);
        for (var i = 0; i < pairs.Count; i++) (x[i], y[i]) = pairs[i];
        var (rankX, rankY) = (Ranks(x), Ranks(y));
        var mean = (pairs.Count + 1) / 2.0;
        double xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < pairs.Count; i++)
        {
            var (dx, dy) = (rankX[i] - mean, rankY[i] - mean);
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        if (xx == 0 || yy == 0) return null;
        var r = Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1);
        var z = Math.Atanh(Math.Clamp(r, -0.999999, 0.999999));
        var width = NormalCurve.Z95 * Math.Sqrt((1 + (r * r / 2)) / (pairs.Count - 3));
        return new CorrelationFigure(r, new Interval(Math.Tanh(z - width), Math.Tanh(z + width)), pairs.Count);
    }

    static double[] Ranks(double[] values)
    {
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        var sorted = (double[])values.Clone();
        Array.Sort(sorted, order);
        var ranks = new double[values.Length];
        for (var from = 0; from < order.Length;)
        {
            var to = from;
            while (to + 1 < order.Length && sorted[to + 1] == sorted[from]) to++;
            for (var i = from; i <= to; i++) ranks[order[i]] = (from + to + 2) / 2.0;
            from = to + 1;
        }
        return ranks;
    }
}
