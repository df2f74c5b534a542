using System.Collections.Immutable;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <summary>
/// From what is seen of a customer to what is to be done, by the rules of the current tag. Allocates nothing when no rule is met.
/// </summary>
static class Evaluation
{
    public static Ruling Rule(CustomerState state, Rulebook book, Measures measures, bool settling = false) =>
        Rule(Situation.Of(state, book, measures.Now, settling), new Measured(measures));

    public static Ruling Rule<T>(in Situation situation, T seen) where T : struct, IObserved
    {
        List<Finding>? met = null;
        foreach (var rule in situation.Rules)
            if (Conditions.IsMet(rule.Conditions, seen)) (met ??= []).Add(Finding.Of(rule, situation, seen));
        if (met is null || Best(met) is not { } winner) return WithoutWinner(situation, met);
        var reasons = Reasons(winner, met, situation, seen);
        if (situation.IsManual && reasons.IsEmpty && winner.Rule.To != StatusTag.Churned)
        {
            // A person's tag is left by automation for ST_006 only.
            if (Best(met, StatusTag.Churned) is not { } churn) return Held(situation, winner, reasons, Domain.Deciding.Holds.Manual, met);
            (winner, reasons) = (churn, Reasons(churn, met, situation, seen));
        }
        if (situation.IsLocked) return Held(situation, winner, reasons, Domain.Deciding.Holds.Locked, met);
        if (!Rollout.Includes(situation.Policy, situation.CustomerId))
            return Held(situation, winner, reasons, Domain.Deciding.Holds.Shadow, met);
        return Decide(situation, winner, reasons, met);
    }

    static ImmutableArray<string> Reasons<T>(Finding winner, List<Finding> met, in Situation situation, T seen)
        where T : struct, IObserved =>
        situation.Settling ? [] : ReviewReasons.Of(winner, met, situation, seen);

    static Finding? Best(List<Finding> met, StatusTag? to = null)
    {
        Finding? best = null;
        foreach (var finding in met)
            if (finding.Held is null && (to is null || finding.Rule.To == to) && (best is null || finding.Beats(best))) best = finding;
        return best;
    }

    /// <summary>Shows the best of the silenced rules with its hold; an open review has lost its ground.</summary>
    static Ruling WithoutWinner(in Situation situation, List<Finding>? met)
    {
        Finding? silenced = null;
        var keepsRhythm = false;
        if (met is not null)
            foreach (var finding in met)
            {
                // A rhythm that is kept leaves its rule unmet: it recommends nothing, and hides no rule that does.
                keepsRhythm |= finding.Held == Domain.Deciding.Holds.UsualRhythm;
                if (finding.Held is Domain.Deciding.Holds.Dwell or Domain.Deciding.Holds.Rejected
                    && (silenced is null || finding.Beats(silenced))) silenced = finding;
            }
        var ends = situation.Governance.Review is not null && !situation.Settling;
        return new Ruling(
            Verdict.Stay, default, ends ? CloseReasons.NoLongerHolds : null, ends,
            silenced, [], silenced?.Held ?? (keepsRhythm ? Domain.Deciding.Holds.UsualRhythm : null), met);
    }

    /// <summary>Nothing moves and no review opens; an open one that asks for something else still ends.</summary>
    static Ruling Held(in Situation situation, Finding winner, ImmutableArray<string> reasons, string hold, List<Finding> met)
    {
        var stale = situation.Governance.Review is { } review && review.To != winner.Rule.To && !situation.Settling;
        return new Ruling(Verdict.Stay, default, stale ? CloseReasons.RecommendationChanged : null, false, winner, reasons, hold, met);
    }

    static Ruling Decide(in Situation situation, Finding winner, ImmutableArray<string> reasons, List<Finding> met)
    {
        var review = situation.Governance.Review;
        var same = review is not null && review.To == winner.Rule.To;
        var close = review is null || same ? null : CloseReasons.RecommendationChanged;
        if (situation.Settling)
            return new Ruling(
                Verdict.Move, TransitionKind.Import, review is null ? null : CloseReasons.TagChanged, false, winner, reasons, null, met);
        if (reasons.IsEmpty)
            return new Ruling(
                Verdict.Move, TransitionKind.Automatic, same ? CloseReasons.Applied : close, false, winner, reasons, null, met);
        if (!same) return new Ruling(Verdict.OpenReview, default, close, false, winner, reasons, null, met);
        if (Situation.Deadline(review!, situation.Governance) <= situation.Now)
            return new Ruling(Verdict.Move, TransitionKind.ReviewExpired, CloseReasons.ReviewExpired, false, winner, reasons, null, met);
        var unchanged = review!.RuleId == winner.Rule.Id && review.Reasons.SequenceEqual(reasons);
        return new Ruling(unchanged ? Verdict.Stay : Verdict.KeepReview, default, null, false, winner, reasons, null, met);
    }
}

/// <summary>Why a review ended without a person.</summary>
static class CloseReasons
{
    public const string TagChanged = "tag_changed";
    public const string RecommendationChanged = "recommendation_changed";
    public const string NoLongerHolds = "no_longer_holds";
    public const string Applied = "applied";
    public const string ReviewExpired = "review_expired";
}
