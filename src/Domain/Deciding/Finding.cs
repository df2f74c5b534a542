namespace LStep.Domain.Deciding;

/// <summary>One rule whose conditions hold, weighed.</summary>
sealed class Finding(Rule rule, decimal confidence, decimal? calibrated, string? held)
{
    public Rule Rule { get; } = rule;

    public decimal Confidence { get; } = confidence;

    public decimal? Calibrated { get; } = calibrated;

    /// <summary>The figure that decides: the calibrated one where there is one.</summary>
    public decimal Effective => Calibrated ?? Confidence;

    public string? Held { get; } = held;

    /// <summary>Lowest priority number, then highest confidence, then lowest id.</summary>
    public bool Beats(Finding other) =>
        Rule.Priority != other.Rule.Priority ? Rule.Priority < other.Rule.Priority
        : Effective != other.Effective ? Effective > other.Effective
        : Rule.Id < other.Rule.Id;

    public static Finding Of<T>(Rule rule, in Situation situation, T seen) where T : struct, IObserved
    {
        var confidence = Weight.Of(rule.Conditions, seen).Confidence;
        return new Finding(rule, confidence, situation.Calibration?.Read(rule.Id, confidence), Holds.Of(rule, situation, seen));
    }
}
