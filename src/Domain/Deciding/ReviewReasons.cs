using System.Collections.Immutable;

namespace LStep.Domain.Deciding;

/// <summary>Why a person has to look before the tag moves. All that hold are given.</summary>
static class ReviewReasons
{
    public const string CompetingRules = "competing_rules";
    public const string HighValueAtRisk = "high_value_at_risk";
    public const string RapidChanges = "rapid_changes";
    public const string ConflictingSignals = "conflicting_signals";
    public const string LowConfidence = "low_confidence";
    public const string ApprovalRequired = "approval_required";
    public const string AutoApplyOff = "auto_apply_off";
    public const string ReviewExpired = "review_expired";

    const decimal ConfidenceMin = 0.85m;
    const decimal HighValueAbove = 5000;

    public static ImmutableArray<string> Of<T>(Finding winner, List<Finding> met, in Situation situation, T seen)
        where T : struct, IObserved
    {
        var to = winner.Rule.To;
        var reasons = ImmutableArray.CreateBuilder<string>();
        if (HasRival(winner, met)) reasons.Add(CompetingRules);
        if (to is StatusTag.Declining or StatusTag.Churned && (seen.Tier == Tier.Enterprise || seen.LtvValue > HighValueAbove))
            reasons.Add(HighValueAtRisk);
        if ((IsFallOrRecovery(situation.Tag, to) || situation.RapidHoldsEveryMove)
            && FallsAndRecoveries(situation.Governance, situation.Now) >= 2) reasons.Add(RapidChanges);
        if (to.Category() == TagCategory.Learning && seen.ConflictingSignals > 2) reasons.Add(ConflictingSignals);
        if (winner.Effective < ConfidenceMin) reasons.Add(LowConfidence);
        if (winner.Rule.RequiresApproval || !winner.Rule.Automatic) reasons.Add(ApprovalRequired);
        if (!situation.Policy.AutoApply) reasons.Add(AutoApplyOff);
        return reasons.DrainToImmutable();
    }

    static bool HasRival(Finding winner, List<Finding> met)
    {
        foreach (var other in met)
            if (other.Held is null && other.Rule.To != winner.Rule.To
                && Math.Abs(other.Rule.Priority - winner.Rule.Priority) < 5
                && Math.Abs(other.Effective - winner.Effective) <= 0.10m) return true;
        return false;
    }

    /// <summary>Moves between categories within 7 days; assignments, imports, undos and what they took back do not count.</summary>
    public static int FallsAndRecoveries(Governance governance, DateTimeOffset now)
    {
        var count = 0;
        foreach (var move in governance.Moves)
            if (Counts(move) && now < move.DueAt + Spans.Rapid) count++;
        return count;
    }

    /// <summary>Between categories; 001 → 002 → 003 and 004 → 005 are neither.</summary>
    public static bool IsFallOrRecovery(StatusTag from, StatusTag to) => from.Category() != to.Category();

    public static bool Counts(RecentMove move) =>
        !move.Undone && move.From is { } from && IsFallOrRecovery(from, move.To)
        && move.Kind is TransitionKind.Automatic or TransitionKind.ReviewExpired or TransitionKind.Approved or TransitionKind.Override;
}
