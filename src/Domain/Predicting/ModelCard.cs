using System.Collections.Immutable;

namespace LStep.Domain.Predicting;

/// <summary>A figure with its 95 % interval, drawn anew over learners.</summary>
public sealed record Figure(double Value, double Low, double High);

/// <summary>Rows of some days.</summary>
public sealed record CardRows(DateOnly From, DateOnly To, int Rows, int Learners);

/// <summary>
/// The customers with the highest probabilities, as many as the share allows: how many of them fall silent, and of all who do.
/// </summary>
public sealed record CardBudget(double Share, Figure Precision, Figure Recall);

/// <summary>Rows whose prediction lies in a span: their mean prediction, and how many came true.</summary>
public sealed record CardBin(double From, double To, double Predicted, double Observed, int Rows);

/// <summary>A part of the population; auc is null where all had the same outcome.</summary>
public sealed record CardPart(string Key, int Rows, double? Auc, double Accuracy, double BaseRate);

public sealed record CardYardstick(Figure Auc, Figure Accuracy);

/// <summary>One thing that was predicted and judged.</summary>
/// <param name="Population">Whose rows, in words.</param>
/// <param name="BaseRate">How often it came true.</param>
/// <param name="AlwaysNo">Accuracy of always saying no.</param>
/// <param name="Rule14">Accuracy of saying yes after 14 silent days.</param>
/// <param name="Logistic">A logistic regression on the same features.</param>
public sealed record CardTarget(
    string Name, string Population, int Rows, int Learners, Figure BaseRate, Figure Auc, Figure PrAuc, Figure Accuracy, Figure AlwaysNo,
    Figure Rule14, CardYardstick? Logistic, ImmutableArray<CardBudget> Budgets, ImmutableArray<CardBin> Calibration,
    ImmutableArray<CardPart> ByTier, ImmutableArray<CardPart> ByCourseWeek);

/// <summary>How a feature was spread over the rows a model was trained on, for drift.</summary>
/// <param name="Bounds">Ascending; a value belongs to the first that is not below it, else to the last share.</param>
/// <param name="Shares">One more than bounds; they add up to 1.</param>
public sealed record FeatureSpread(string Feature, ImmutableArray<float> Bounds, ImmutableArray<double> Shares);

/// <summary>Where a model comes from, what it was trained and tested on, and how well it did. Serialised as camelCase JSON.</summary>
/// <param name="Number">That it is stored under; 0 for the shipped starting model.</param>
public sealed record ModelCard(
    int Number, string Source, DateTimeOffset MadeAt, string Provenance, string Licence, string Algorithm,
    ImmutableSortedDictionary<string, string> Parameters, ImmutableArray<Feature> Features, CardRows TrainedOn, CardRows TestedOn,
    ImmutableArray<CardTarget> Targets, double Seconds, string Note)
{
    public ImmutableArray<FeatureSpread> Spreads { get; init; } = [];
}
