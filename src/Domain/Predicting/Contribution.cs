namespace LStep.Domain.Predicting;

/// <summary>What one feature adds to a prediction.</summary>
/// <param name="Feature">Its place in <see cref="Features.All"/>.</param>
/// <param name="LogOdds">Its Shapley value: those of all features and the model's base value add up to the raw log odds.</param>
public sealed record Contribution(int Feature, double LogOdds, float Value);
