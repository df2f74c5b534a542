namespace LStep.Grains;

/// <summary>What amounts are in: lifetime values, value at risk, payments.</summary>
/// <param name="Code">Of ISO 4217; null where nobody said.</param>
public sealed record InstallationCurrency(string? Code);
