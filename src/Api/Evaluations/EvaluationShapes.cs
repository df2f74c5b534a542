using System.Collections.Immutable;
using LStep.Api.Http;
using LStep.Domain;

namespace LStep.Api.Evaluations;

public sealed record Clause(
    string Metric, string Operator, RawJson Threshold, MetricValue? Observed, bool Met, decimal Margin, decimal Evidence)
{
    public static Clause Of(ClauseView view) =>
        new(view.Metric, view.Operator, new RawJson(view.Threshold), view.Observed, view.Met, view.Margin, view.Evidence);
}

public sealed record RuleOutcome(
    int Id, string Name, StatusTag To, int Priority, bool Met, decimal? Confidence, string? Held, string? LostBecause,
    ImmutableArray<Clause> Clauses)
{
    public static RuleOutcome Of(RuleView view) => new(
        view.Id, view.Name, view.To, view.Priority, view.Met, view.Confidence, view.Held, view.LostBecause,
        [.. view.Clauses.Select(Clause.Of)]);
}

public sealed record WouldChange(StatusTag To, string Rule, ImmutableArray<Clause> Missing);

/// <summary>What the rules say of a customer and why. Held names what holds the recommendation back; null when nothing does.</summary>
public sealed record Evaluation(
    string CustomerId, DateTimeOffset At, StatusTag CurrentTag, StatusTag? Recommended, string? Rule, decimal? Confidence,
    decimal? CalibratedConfidence, bool RequiresReview, ImmutableArray<string> ReviewReasons, string? Held, bool WouldApply,
    ImmutableArray<WouldChange> WouldChange, ImmutableArray<RuleOutcome> Rules, DateTimeOffset? NextCheckAt, int RuleSetVersion)
{
    public static Evaluation Of(EvaluationView view) => new(
        view.CustomerId, view.At, view.CurrentTag, view.Recommended, view.Rule, view.Confidence, view.CalibratedConfidence,
        view.RequiresReview, view.ReviewReasons, view.Held, view.WouldApply,
        [.. view.WouldChange.Select(change => new WouldChange(change.To, change.Rule, [.. change.Missing.Select(Clause.Of)]))],
        [.. view.Rules.Select(RuleOutcome.Of)], view.NextCheckAt, view.RuleSetVersion);
}
