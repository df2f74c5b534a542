namespace LStep.Domain.Recommending;

/// <summary>What chance alone brings about, without an approximation: binomial tails, and the interval of a share.</summary>
public static class Chance
{
    /// <summary>What is told may be wrong in one of twenty cases, over everything that was looked at together.</summary>
    public const double Alpha = 0.05;

    const double Quantile = 1.959963984540054;

    /// <summary>How likely it is that at least so many of a whole come about where each does with this probability.</summary>
    public static double AtLeast(long part, long whole, double each)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(whole, part);
        if (part <= 0 || each >= 1) return 1;
        if (each <= 0) return 0;
        // The logarithm of the first term, then each from the one before; terms beyond the mode fall fast.
        var term = LogOf(whole, part) + (part * Math.Log(each)) + ((whole - part) * Math.Log(1 - each));
        var (sum, odds) = (Math.Exp(term), Math.Log(each) - Math.Log(1 - each));
        for (var k = part; k < whole; k++)
        {
            term += odds + Math.Log((double)(whole - k) / (k + 1));
            var more = Math.Exp(term);
            sum += more;
            if (k > whole * each && more < sum * 1e-12) break;
        }
        return Math.Min(1, sum);
    }

    /// <summary>The 95% interval of a share after Wilson (JASA 22, 1927).</summary>
    public static RecommendedFigure Share(string name, long part, long whole)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(whole, 1);
        var (n, p) = ((double)whole, (double)part / whole);
        var middle = p + (Quantile * Quantile / (2 * n));
        var width = Quantile * Math.Sqrt((p * (1 - p) / n) + (Quantile * Quantile / (4 * n * n)));
        var scale = 1 + (Quantile * Quantile / n);
        return new RecommendedFigure(name, p, Math.Max(0, (middle - width) / scale), Math.Min(1, (middle + width) / scale));
    }

    /// <summary>Of "whole choose part".</summary>
    static double LogOf(long whole, long part)
    {
        var (sum, fewer) = (0.0, Math.Min(part, whole - part));
        for (var k = 1L; k <= fewer; k++) sum += Math.Log((double)(whole - fewer + k) / k);
        return sum;
    }
}
