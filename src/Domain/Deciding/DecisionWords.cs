using System.Collections.Immutable;

namespace LStep.Domain.Deciding;

/// <summary>The closed sets of words that evaluations and reviews use, for whoever describes them.</summary>
public static class DecisionWords
{
    /// <summary>Why a person has to look.</summary>
    public static ImmutableArray<string> Reasons { get; } =
    [
        ReviewReasons.CompetingRules, ReviewReasons.HighValueAtRisk, ReviewReasons.RapidChanges, ReviewReasons.ConflictingSignals,
        ReviewReasons.LowConfidence, ReviewReasons.ApprovalRequired, ReviewReasons.AutoApplyOff,
    ];

    /// <summary>What keeps a recommendation, or one rule, from being carried out.</summary>
    public static ImmutableArray<string> Held { get; } =
    [
        Holds.Dwell, Holds.Manual, Holds.Locked, Holds.Rejected, Holds.UsualRhythm, Holds.Shadow, Holds.TooEarly,
    ];
}
