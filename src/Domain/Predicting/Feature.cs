namespace LStep.Domain.Predicting;

/// <summary>One number that predictions are made from.</summary>
/// <param name="Name">snake_case; it names the number in models, answers and documents.</param>
/// <param name="Unit">What one of it is: days, activities, share and the like.</param>
/// <param name="Text">Plain English, for people.</param>
public sealed record Feature(string Name, string Unit, string Text);
