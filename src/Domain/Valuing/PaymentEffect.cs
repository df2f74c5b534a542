using LStep.Domain.Campaigning;

namespace LStep.Domain.Valuing;

/// <summary>
/// What the starts of one side of a comparison brought: their number, and sum and sum of squares of what was paid after each.
/// </summary>
public readonly record struct PaidArm(long Starts, double Paid, double Squares)
{
    public double Mean => Starts == 0 ? 0 : Paid / Starts;

    /// <summary>Between starts, unbiased; 0 for fewer than two.</summary>
    public double Variance => Starts < 2 ? 0 : Math.Max(0, (Squares - (Paid * Paid / Starts)) / (Starts - 1));

    public PaidArm With(double paid) => new(Starts + 1, Paid + paid, Squares + (paid * paid));

    public static PaidArm operator +(PaidArm a, PaidArm b) => new(a.Starts + b.Starts, a.Paid + b.Paid, a.Squares + b.Squares);
}

/// <param name="PerStart">The mean of those who got the campaign less that of those held out.</param>
/// <param name="Interval">Of it, at 95% over all looks together.</param>
public readonly record struct EffectFigure(double PerStart, Interval Interval)
{
    /// <summary>The difference has a sign.</summary>
    public bool IsCertain => Interval.Low > 0 || Interval.High < 0;
}

/// <summary>What a campaign changes of what is paid after its start, against those whom it was kept from by the draw.</summary>
public static class PaymentEffect
{
    /// <summary>Payments count that come within so many days of the start.</summary>
    public const int WithinDays = 90;

    /// <summary>
    /// The effect that the interval is narrowest for, in standard deviations of what is paid: it decides how soon a difference is found,
    /// not whether the interval holds.
    /// </summary>
    const double ExpectedDeviations = 0.25;

    /// <summary>The same bounds as those of the rates: a smaller arm has no figures.</summary>
    public static bool IsLargeEnough(PaidArm arm) => arm.Starts >= Uplift.PeoplePerArmMin && arm.Variance > 0;

    /// <summary>
    /// The difference of two means with unequal variances, whose variance is V = s₁²/n₁ + s₂²/n₂ (Welch, Biometrika 34, 1947), widened by
    /// the ratio of Student's quantile to the normal one at Welch's degrees of freedom; and around it the always-valid interval of the
    /// mixture sequential test that the rates have (<see cref="Uplift.Against"/>), which for means holds asymptotically (Waudby-Smith,
    /// Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences", Annals of
    /// Statistics 52, 2024): all d with (x − d)² below V(V+τ²)/τ² · (2 ln(1/α) + ln((V+τ²)/V)). However often somebody looks, it misses
    /// the true difference with probability α at most over all looks.
    /// </summary>
    /// <param name="comparisons">How many campaigns are compared at once: α is divided by it.</param>
    /// <returns>Null while one side is too small, or all of a side paid the same.</returns>
    public static EffectFigure? Against(PaidArm holdout, PaidArm arm, int comparisons = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(comparisons, 1);
        if (!IsLargeEnough(holdout) || !IsLargeEnough(arm)) return null;
        var (first, second) = (holdout.Variance / holdout.Starts, arm.Variance / arm.Starts);
        var plain = first + second;
        var degrees = plain * plain / ((first * first / (holdout.Starts - 1)) + (second * second / (arm.Starts - 1)));
        var wider = NormalCurve.Student95(degrees) / NormalCurve.Z95;
        var variance = plain * wider * wider;
        var mixture = ExpectedDeviations * ExpectedDeviations * (holdout.Variance + arm.Variance) / 2;
        var both = variance + mixture;
        var width = Math.Sqrt(variance * both / mixture * ((2 * Math.Log(comparisons / Uplift.Alpha)) + Math.Log(both / variance)));
        var estimate = arm.Mean - holdout.Mean;
        return new EffectFigure(estimate, new Interval(estimate - width, estimate + width));
    }
}

/// <summary>What a campaign brought in and cost.</summary>
/// <param name="Gained">The difference per start times the starts that got it.</param>
/// <param name="Share">What is left after the cost, as a share of the cost; null where nothing was spent.</param>
public readonly record struct CampaignReturn(
    double Gained, Interval GainedInterval, double Cost, double Net, Interval NetInterval, double? Share, Interval? ShareInterval)
{
    public static CampaignReturn Of(EffectFigure effect, long starts, double cost)
    {
        var gained = new Interval(effect.Interval.Low * starts, effect.Interval.High * starts);
        var sum = effect.PerStart * starts;
        var net = new Interval(gained.Low - cost, gained.High - cost);
        return new CampaignReturn(
            sum, gained, cost, sum - cost, net, cost > 0 ? (sum - cost) / cost : null,
            cost > 0 ? new Interval(net.Low / cost, net.High / cost) : null);
    }
}
