namespace LStep.Domain.Campaigning;

/// <summary>One arm of an experiment: those who were drawn into it, and those of them who converted.</summary>
public readonly record struct ArmCounts(long People, long Conversions)
{
    public double Rate => People == 0 ? 0 : (double)Conversions / People;

    public static ArmCounts operator +(ArmCounts a, ArmCounts b) => new(a.People + b.People, a.Conversions + b.Conversions);
}

/// <param name="Low">A share: 0.05 is five percentage points.</param>
public readonly record struct Interval(double Low, double High)
{
    public bool Contains(double value) => Low <= value && value <= High;
}

/// <param name="Estimate">The arm's rate less that of the holdout, as a share.</param>
/// <param name="Interval">Holds at 95% at every look together, and over all arms that were compared.</param>
public readonly record struct UpliftFigure(double Estimate, Interval Interval)
{
    /// <summary>The difference has a sign: it does not go away by looking again.</summary>
    public bool IsCertain => Interval.Low > 0 || Interval.High < 0;
}

/// <summary>Rates of arms and their uplift against the holdout, for reports that people look at whenever they like.</summary>
public static class Uplift
{
    public const double Alpha = 0.05;

    /// <summary>
    /// Below it an arm has no figures: the intervals use the normal approximation of a mean, and the variance of a smaller arm is itself
    /// a guess.
    /// </summary>
    public const long PeoplePerArmMin = 100;

    /// <summary>
    /// As many of an arm have to have converted, and as many not: with fewer the distribution of a rate is too skewed for the
    /// approximation (the field's rule of thumb for np and n(1-p)).
    /// </summary>
    public const long OfEachKindPerArmMin = 5;

    /// <summary>
    /// Standard deviation of the effects that the mixture expects. It changes where the interval is narrowest and nothing else: campaigns
    /// move a rate by a few percentage points.
    /// </summary>
    const double ExpectedEffect = 0.05;

    public static bool IsLargeEnough(ArmCounts arm) =>
        arm.People >= PeoplePerArmMin && arm.Conversions >= OfEachKindPerArmMin && arm.People - arm.Conversions >= OfEachKindPerArmMin;

    /// <summary>
    /// The 95% interval of one arm's rate after Wilson ("Probable inference, the law of succession, and statistical inference", JASA 22,
    /// 1927), for one look; null while the arm is too small.
    /// </summary>
    /// <param name="z">The quantile of the standard normal distribution at 1 - <see cref="Alpha"/> / 2.</param>
    public static Interval? RateOf(ArmCounts arm, double z)
    {
        Check(arm);
        if (arm.People < PeoplePerArmMin) return null;
        var (n, p) = ((double)arm.People, arm.Rate);
        var middle = p + (z * z / (2 * n));
        var width = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        var whole = 1 + (z * z / n);
        return new Interval(Math.Max(0, (middle - width) / whole), Math.Min(1, (middle + width) / whole));
    }

    /// <summary>
    /// Uplift with an always-valid interval: that of the mixture sequential probability ratio test with a normal mixture, after Johari,
    /// Koomen, Pekelis and Walsh, "Always valid inference: continuous monitoring of A/B tests", Operations Research 70 (2022), section 3:
    /// all differences d with (x − d)² below V(V+τ²)/τ² · (2 ln(1/α) + ln((V+τ²)/V)), where V is the variance of the observed difference
    /// x. However often somebody looks, it misses the true difference with probability α at most over all looks. V is taken of rates
    /// with one conversion more and one less (Agresti and Caffo, 2000), so that an arm without variation still has one.
    /// </summary>
    /// <param name="comparisons">How many arms are compared with the holdout: α is divided by it (Bonferroni).</param>
    /// <returns>Null while one of the two is too small.</returns>
    public static UpliftFigure? Against(ArmCounts holdout, ArmCounts arm, int comparisons = 1)
    {
        Check(holdout);
        Check(arm);
        ArgumentOutOfRangeException.ThrowIfLessThan(comparisons, 1);
        if (!IsLargeEnough(holdout) || !IsLargeEnough(arm)) return null;
        var estimate = arm.Rate - holdout.Rate;
        var (variance, mixture) = (VarianceOf(arm) + VarianceOf(holdout), ExpectedEffect * ExpectedEffect);
        var both = variance + mixture;
        var width = Math.Sqrt(
            variance * both / mixture * ((2 * Math.Log(comparisons / Alpha)) + Math.Log(both / variance)));
        return new UpliftFigure(estimate, new Interval(Math.Max(-1, estimate - width), Math.Min(1, estimate + width)));
    }

    static double VarianceOf(ArmCounts arm)
    {
        var rate = (arm.Conversions + 1.0) / (arm.People + 2.0);
        return rate * (1 - rate) / arm.People;
    }

    static void Check(ArmCounts arm)
    {
        if (arm.Conversions < 0 || arm.People < arm.Conversions)
            throw new ArgumentException($"An arm of {arm.People} people cannot have {arm.Conversions} conversions.", nameof(arm));
    }
}
