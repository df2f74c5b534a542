using System.Collections.Immutable;

namespace LStep.Domain;

/// <summary>For one rule: from this plain confidence on, this share was right. Steps ascend in both.</summary>
public sealed record CalibrationCurve(int RuleId, ImmutableArray<(decimal From, decimal Value)> Steps)
{
    /// <summary>The last step at or below the plain figure; the first one below them all.</summary>
    public decimal Read(decimal confidence)
    {
        var value = Steps[0].Value;
        foreach (var step in Steps)
            if (step.From <= confidence) value = step.Value;
        return value;
    }
}

/// <summary>A numbered set of step functions that replaces the plain confidence of the rules it names.</summary>
public sealed record Calibration(int Number, ImmutableArray<CalibrationCurve> Curves)
{
    /// <summary>Null for a rule without a curve.</summary>
    public decimal? Read(int ruleId, decimal confidence)
    {
        foreach (var curve in Curves)
            if (curve.RuleId == ruleId) return curve.Read(confidence);
        return null;
    }
}
