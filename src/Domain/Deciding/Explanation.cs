using System.Collections.Immutable;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <summary>An evaluation in full: every rule of the tag with its clauses, the winner, why others lost, what is missing.</summary>
static class Explanation
{
    public static EvaluationView Of(CustomerState state, Rulebook book, DateTimeOffset now) =>
        Of(state, book, now, new Measured(Measures.Of(state, book, now)));

    /// <param name="seen">What the rules see of the customer; the state says the rest.</param>
    public static EvaluationView Of<T>(CustomerState state, Rulebook book, DateTimeOffset now, T seen) where T : struct, IObserved
    {
        var situation = Situation.Of(state, book, now);
        var ruling = Evaluation.Rule(situation, seen);
        var winner = ruling.Winner;
        return new EvaluationView
        {
            CustomerId = state.CustomerId,
            At = now,
            CurrentTag = state.Tag,
            Recommended = winner?.Rule.To,
            Rule = winner?.Rule.Name,
            Confidence = winner?.Confidence,
            CalibratedConfidence = winner?.Calibrated,
            RequiresReview = winner is not null && !ruling.Reasons.IsEmpty,
            ReviewReasons = ruling.Reasons,
            Held = ruling.Hold,
            WouldApply = ruling.Verdict == Verdict.Move && book.Policy.Enabled,
            WouldChange = WouldChange(situation, seen),
            Rules = [.. situation.Rules.Select(rule => View(rule, ruling, seen))],
            NextCheckAt = NextCheck.OrMidnight(state, book, now),
            RuleSetVersion = book.Rules.Version,
        };
    }

    /// <summary>Why a met rule was not chosen; null for the one that was, and when none was.</summary>
    public static string? LostBecause(Finding finding, Finding? winner) =>
        finding.Held is { } held ? held
        : winner is null || ReferenceEquals(finding, winner) ? null
        : finding.Rule.Priority > winner.Rule.Priority ? "priority"
        : finding.Rule.Priority < winner.Rule.Priority ? Holds.Manual
        : finding.Effective < winner.Effective ? "confidence"
        : "id";

    static RuleView View<T>(Rule rule, in Ruling ruling, T seen) where T : struct, IObserved
    {
        var finding = ruling.Met?.Find(found => found.Rule.Id == rule.Id);
        return new RuleView
        {
            Id = rule.Id,
            Name = rule.Name,
            To = rule.To,
            Priority = rule.Priority,
            // A rule that keeps to the usual rhythm is not met while the rhythm is kept.
            Met = finding is not null && finding.Held != Holds.UsualRhythm,
            Confidence = finding?.Confidence,
            Held = finding?.Held,
            Clauses = Clauses.Of(rule, seen),
            LostBecause = finding is null ? null : LostBecause(finding, ruling.Winner),
        };
    }

    /// <summary>The unmet rules, those that lack least first.</summary>
    static ImmutableArray<WouldChangeView> WouldChange<T>(in Situation situation, T seen) where T : struct, IObserved =>
    [
        .. situation.Rules
            .Select(rule => new WouldChangeView(rule.To, rule.Name, Clauses.Missing(rule.Conditions, seen)))
            .Where(change => !change.Missing.IsEmpty)
            .OrderBy(change => change.Missing.Length),
    ];
}
