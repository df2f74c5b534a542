using System.Collections.Immutable;

namespace LStep.Domain.Predicting;

/// <summary>A model with the number it is stored under; 0 is the shipped starting model.</summary>
public sealed record LiveModel(int Number, ChurnModel Model);

/// <summary>What weighs in a prediction: positive log odds speak for silence.</summary>
public sealed record ChurnReason(string Feature, string Text, double LogOdds, double Value);

/// <summary>A prediction with what weighs most.</summary>
/// <param name="Probability">Of no learner activity in the next 14 days.</param>
/// <param name="Model">Its number.</param>
public sealed record Foresight(double Probability, int Model, ImmutableArray<ChurnReason> Reasons);
