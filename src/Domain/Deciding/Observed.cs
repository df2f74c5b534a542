using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <summary>What conditions and decisions see of a customer: measured from the state, or read back from a decision record.</summary>
interface IObserved
{
    /// <summary>False when the metric has no value.</summary>
    bool TryNumber(Metric metric, out decimal value);

    string? Text(Metric metric);

    /// <summary>Whether a list metric names this.</summary>
    bool Lists(Metric metric, string item);

    MetricValue Trait(string name);

    MetricValue Value(Metric metric);

    int DaysObserved { get; }

    int? UsualGapDays { get; }

    int ConflictingSignals { get; }

    Tier? Tier { get; }

    decimal? LtvValue { get; }
}

/// <summary>A struct, so that the rules are compiled for it and looking at a customer allocates nothing.</summary>
readonly struct Measured(Measures measures) : IObserved
{
    public bool TryNumber(Metric metric, out decimal value) => measures.TryNumber(metric, out value);

    public string? Text(Metric metric) => measures.Text(metric);

    public bool Lists(Metric metric, string item) => metric == Metric.BehaviorTags ? BehaviorTags.Has(measures, item)
        : Indicators.TryParse(item, out var indicator) && measures.Raised.HasFlag(indicator);

    public MetricValue Trait(string name) => measures.Trait(name);

    public MetricValue Value(Metric metric) => measures[metric];

    public int DaysObserved => measures.DaysObserved;

    public int? UsualGapDays => measures.UsualGapDays;

    public int ConflictingSignals => measures.ConflictingSignals;

    public Tier? Tier => measures.State.Profile.Tier;

    public decimal? LtvValue => measures.State.Profile.LtvValue;
}
