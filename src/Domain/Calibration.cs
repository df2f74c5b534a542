using System.Collections.Immutable;

namespace LStep.Domain;

/// <summary>For one rule: from this plain confidence on, this share was right. Steps ascend in both.</summary>
public sealed record CalibrationCurve(int RuleId, ImmutableArray<(decimal From, decimal Value)> Steps);

/// <summary>A numbered set of step functions that replaces the plain confidence of the rules it names.</summary>
public sealed record Calibration(int Number, ImmutableArray<CalibrationCurve> Curves);
