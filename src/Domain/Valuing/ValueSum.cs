namespace LStep.Domain.Valuing;

/// <summary>What several customers are expected to pay together.</summary>
public sealed class ValueSum
{
    ValueModel? of;
    ValueModel? fewer;
    ValueModel? more;
    double ifFewer, ifMore;

    public long Customers { get; private set; }
    public double Value { get; private set; }

    /// <summary>Of what each will pay, told from the model as if it were certain.</summary>
    public double Variance { get; private set; }

    /// <summary>
    /// What the sum moves by when the fit's chances to end are one standard error off: that moves all customers together.
    /// </summary>
    public double Together => Math.Abs(ifMore - ifFewer) / 2;

    /// <summary>The 95% interval of a sum of many, by the normal distribution.</summary>
    public (double Low, double High) Interval => IntervalOf(Value, Variance, Together);

    public static (double Low, double High) IntervalOf(double value, double variance, double together)
    {
        var width = NormalCurve.Z95 * Math.Sqrt(variance + (together * together));
        return (Math.Max(0, value - width), value + width);
    }

    public void Add(ValueModel model, Tier? tier, IReadOnlyList<PaidDay> paid, int today)
    {
        if (Projection.Of(model, tier, paid, today) is not { } told) return;
        if (!ReferenceEquals(of, model)) (of, fewer, more) = (model, model.Shifted(1), model.Shifted(-1));
        Customers++;
        Value += told.Value;
        Variance += told.Variance;
        ifFewer += Projection.Expected(fewer!, tier, paid, today);
        ifMore += Projection.Expected(more!, tier, paid, today);
    }
}
