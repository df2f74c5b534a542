namespace LStep.Domain.Valuing;

/// <summary>What a customer is expected to pay within the horizon, with its 95% interval.</summary>
/// <param name="Variance">Of what it will pay.</param>
public readonly record struct ProjectedValue(double Value, double Low, double High, double Variance);

/// <summary>
/// Survival × mean payment: the chance that another payment follows, and one after that, by the payments so far and the days since the
/// last one; when they come, by the gaps between payments; and how much they are, by the customer's own mean, drawn to that of its tier
/// the more the fewer payments there are (a normal mean with known variances: Gelman and others, Bayesian Data Analysis, 2.5).
/// </summary>
public static class Projection
{
    public const int HorizonDays = 365;

    const double ShareMin = 1e-5;
    const double Outside = 0.025;
    const int Halvings = 50;

    /// <param name="paid">In order of days, one a day.</param>
    /// <returns>Null for whoever has never paid.</returns>
    public static ProjectedValue? Of(ValueModel model, Tier? tier, IReadOnlyList<PaidDay> paid, int today, int horizonDays = HorizonDays)
    {
        if (paid.Count == 0) return null;
        var fitted = model.Of(tier);
        var atLeast = AtLeast(fitted, Math.Min(paid.Count, PaymentSums.PaidDaysMax), Math.Max(0, today - paid[^1].Day), horizonDays);
        var (mean, ofMean, ofOne) = Payment(fitted, paid);

        double expected = 0, squares = 0;
        for (var n = 1; n < atLeast.Count; n++)
        {
            expected += atLeast[n];
            squares += ((2 * n) - 1) * atLeast[n];
        }
        var variance = (expected * ofOne) + ((squares - (expected * expected)) * mean * mean) + (squares * ofMean);
        return new ProjectedValue(
            expected * mean, Quantile(Outside, upper: false), Quantile(1 - Outside, upper: true), Math.Max(0, variance));

        double Quantile(double share, bool upper)
        {
            if (1 - (atLeast.Count > 1 ? atLeast[1] : 0) >= share) return 0;
            var (low, high) = (0.0, ((atLeast.Count - 1) * mean) + (6 * Math.Sqrt((atLeast.Count * ofOne) + (squares * ofMean) + 1)));
            for (var i = 0; i < Halvings; i++)
            {
                var middle = (low + high) / 2;
                if (Below(middle) < share) low = middle;
                else high = middle;
            }
            return upper ? high : low;
        }

        double Below(double sum)
        {
            var share = 0.0;
            for (var n = 0; n < atLeast.Count; n++)
            {
                var of = atLeast[n] - (n + 1 < atLeast.Count ? atLeast[n + 1] : 0);
                var deviation = Math.Sqrt((n * ofOne) + ((double)n * n * ofMean));
                share += n == 0 ? of : of * (deviation > 0 ? NormalCurve.Below((sum - (n * mean)) / deviation) : sum >= n * mean ? 1 : 0);
            }
            return share;
        }
    }

    /// <summary>The value alone, which takes a tenth of the time.</summary>
    public static double Expected(ValueModel model, Tier? tier, IReadOnlyList<PaidDay> paid, int today, int horizonDays = HorizonDays)
    {
        if (paid.Count == 0) return 0;
        var fitted = model.Of(tier);
        var atLeast = AtLeast(fitted, Math.Min(paid.Count, PaymentSums.PaidDaysMax), Math.Max(0, today - paid[^1].Day), horizonDays);
        var expected = -1.0;
        foreach (var share in atLeast) expected += share;
        return expected * Payment(fitted, paid).Mean;
    }

    /// <summary>The chance of at least 0, 1, 2 … payments within the horizon.</summary>
    static List<double> AtLeast(TierValue fitted, int payments, int since, int horizonDays)
    {
        var renews = fitted.Renewals.After(payments);
        var waiting = renews * fitted.Gaps.Longer(since);
        var goesOn = waiting / (waiting + 1 - renews);
        var (day, variance) = fitted.Gaps.Rest(since);
        var atLeast = new List<double> { 1 };
        for (var n = 1; n <= horizonDays && goesOn > ShareMin; n++)
        {
            var share = goesOn * NormalCurve.Below((horizonDays + 0.5 - day) / Math.Sqrt(variance + 0.25));
            if (share < ShareMin) break;
            atLeast.Add(share);
            goesOn *= fitted.Renewals.After(payments + n);
            day += fitted.Gaps.Mean;
            variance += fitted.Gaps.Variance;
        }
        return atLeast;
    }

    /// <summary>The mean of the payments to come, what it is uncertain by, and what one payment varies by around it.</summary>
    static (double Mean, double OfMean, double OfOne) Payment(TierValue fitted, IReadOnlyList<PaidDay> paid)
    {
        var sum = 0.0;
        foreach (var one in paid) sum += one.Amount;
        var own = sum / paid.Count;
        // A tier of which nothing was fitted says nothing: the customer's own payments stand alone.
        if (fitted.Mean <= 0) return (own, 0, own * own * 0.01);
        var chance = fitted.Spread * fitted.Mean * fitted.Mean;
        var weight = chance / fitted.Differences;
        var mean = ((weight * fitted.Mean) + sum) / (weight + paid.Count);
        return (mean, chance / (weight + paid.Count), fitted.Spread * mean * mean);
    }
}
