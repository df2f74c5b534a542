using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Domain.Rules;

/// <summary>A measured customer of whom some metrics are supposed to be otherwise.</summary>
readonly struct Supposed(Measured measured, ImmutableDictionary<Metric, MetricValue> given) : IObserved
{
    public bool TryNumber(Metric metric, out decimal value)
    {
        if (!given.TryGetValue(metric, out var supposed)) return measured.TryNumber(metric, out value);
        value = supposed.Number.GetValueOrDefault();
        return supposed.Number.HasValue;
    }

    public string? Text(Metric metric) => given.TryGetValue(metric, out var supposed) ? supposed.Text : measured.Text(metric);

    public bool Lists(Metric metric, string item) =>
        given.TryGetValue(metric, out var supposed) ? supposed.List?.Contains(item) == true : measured.Lists(metric, item);

    public MetricValue Trait(string name) => measured.Trait(name);

    public MetricValue Value(Metric metric) => given.TryGetValue(metric, out var supposed) ? supposed : measured.Value(metric);

    public int DaysObserved => measured.DaysObserved;

    public int? UsualGapDays => given.TryGetValue(Metric.UsualGap, out var supposed) ? (int?)supposed.Number : measured.UsualGapDays;

    public int ConflictingSignals
    {
        get
        {
            if (!given.TryGetValue(Metric.RiskIndicators, out var supposed) || supposed.List is not { } names)
                return measured.ConflictingSignals;
            var raised = names.Aggregate(RiskIndicators.None, (all, name) => Indicators.TryParse(name, out var one) ? all | one : all);
            return Indicators.Count(raised & ~RiskIndicators.OfADay) + ((raised & RiskIndicators.OfADay) != 0 ? 1 : 0);
        }
    }

    public Tier? Tier => given.TryGetValue(Metric.CustomerTier, out var supposed) ? Named(supposed.Text) : measured.Tier;

    public decimal? LtvValue => given.TryGetValue(Metric.LtvValue, out var supposed) ? supposed.Number : measured.LtvValue;

    static Tier? Named(string? text)
    {
        foreach (var tier in Enum.GetValues<Tier>())
            if (string.Equals(Tiers.Name(tier), text, StringComparison.OrdinalIgnoreCase)) return tier;
        return null;
    }
}
