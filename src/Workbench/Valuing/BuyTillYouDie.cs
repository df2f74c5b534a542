using LStep.Domain.Valuing;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace LStep.Workbench.Valuing;

/// <summary>
/// The model that the product's is compared with: BG/NBD for how often (Fader, Hardie and Lee, "Counting your customers the easy way",
/// Marketing Science 24, 2005) with gamma-gamma for how much (the same, "RFM and CLV", Journal of Marketing Research 42, 2005). What is
/// to come is drawn from the posterior of each customer: its rate and its chance to end, given that it is alive, and its mean payment.
/// </summary>
internal sealed class BuyTillYouDie
{
    private const int Draws = 1_000;

    private readonly (double R, double Alpha, double A, double B) often;
    private readonly (double P, double Q, double Gamma) much;

    public BuyTillYouDie(IReadOnlyList<Payer> payers, int today)
    {
        var seen = payers.Select(payer => Seen(payer.Paid, today)).ToArray();
        var found = Least(at => -seen.Sum(one => Often(one, Exp(at, 0), Exp(at, 1), Exp(at, 2), Exp(at, 3))), [0.0, 3.0, 0.0, 1.0]);
        often = (Exp(found, 0), Exp(found, 1), Exp(found, 2), Exp(found, 3));
        var means = payers.Select(payer => (Count: payer.Paid.Count, Mean: payer.Paid.Average(one => one.Amount))).ToArray();
        found = Least(at => -means.Sum(one => Much(one.Count, one.Mean, Exp(at, 0), Exp(at, 1), Exp(at, 2))), [1.0, 1.0, 3.0]);
        much = (Exp(found, 0), Exp(found, 1), Exp(found, 2));
    }

    public ProjectedValue Of(Payer payer, int today, int horizon, Random random)
    {
        var (x, last, age) = Seen(payer.Paid, today);
        var (r, alpha, a, b) = often;
        var alive = x == 0 ? 1 : 1 / (1 + (a / (b + x - 1) * Math.Pow((alpha + age) / (alpha + last), r + x)));
        var (n, sum) = (payer.Paid.Count, payer.Paid.Sum(one => one.Amount));
        var sums = new double[Draws];
        for (var i = 0; i < Draws; i++)
        {
            if (random.NextDouble() >= alive) continue;
            var rate = Gamma.Sample(random, r + x, alpha + age);
            var ends = Beta.Sample(random, a, b + x);
            var count = rate * horizon > 0 ? Poisson.Sample(random, rate * horizon) : 0;
            var until = Math.Log(1 - random.NextDouble()) / Math.Log(1 - Math.Clamp(ends, 1e-9, 1 - 1e-9));
            count = Math.Min(count, 1 + (int)Math.Min(1e6, until));
            if (count == 0) continue;
            var scale = Gamma.Sample(random, much.Q + (much.P * n), much.Gamma + (much.P * sum));
            sums[i] = Gamma.Sample(random, much.P * count, much.P * scale);
        }
        Array.Sort(sums);
        return new ProjectedValue(sums.Average(), sums[Draws / 40], sums[Draws - 1 - (Draws / 40)], 0);
    }

    private static (int Repeats, double Last, double Age) Seen(IReadOnlyList<PaidDay> paid, int today) =>
        (paid.Count - 1, paid[^1].Day - paid[0].Day, today - paid[0].Day);

    private static double Often((int X, double Last, double Age) one, double r, double alpha, double a, double b)
    {
        var (x, last, age) = one;
        var first = SpecialFunctions.GammaLn(r + x) - SpecialFunctions.GammaLn(r) + (r * Math.Log(alpha));
        var second = SpecialFunctions.GammaLn(a + b) + SpecialFunctions.GammaLn(b + x) - SpecialFunctions.GammaLn(b)
            - SpecialFunctions.GammaLn(a + b + x);
        var lives = -(r + x) * Math.Log(alpha + age);
        if (x == 0) return first + second + lives;
        var ended = Math.Log(a) - Math.Log(b + x - 1) - ((r + x) * Math.Log(alpha + last));
        var most = Math.Max(lives, ended);
        return first + second + most + Math.Log(Math.Exp(lives - most) + Math.Exp(ended - most));
    }

    /// <summary>With a scale that is counted for one payment, so that the shape may grow without bound.</summary>
    private static double Much(int x, double mean, double p, double q, double gamma) =>
        SpecialFunctions.GammaLn((p * x) + q) - SpecialFunctions.GammaLn(p * x) - SpecialFunctions.GammaLn(q) + (q * Math.Log(gamma))
        + (((p * x) - 1) * Math.Log(mean)) + (p * x * Math.Log(p * x)) - (((p * x) + q) * Math.Log(gamma + (p * x * mean)));

    private static double Exp(Vector<double> at, int place) => Math.Exp(Math.Clamp(at[place], -7, 9));

    private static Vector<double> Least(Func<Vector<double>, double> cost, double[] from)
    {
        try
        {
            var found = new NelderMeadSimplex(1e-5, 2_000).FindMinimum(ObjectiveFunction.Value(cost), Vector<double>.Build.Dense(from));
            return found.MinimizingPoint;
        }
        catch (MaximumIterationsException)
        {
            return Vector<double>.Build.Dense(from);
        }
    }
}
