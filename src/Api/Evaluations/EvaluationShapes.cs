using System.Collections.Immutable;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Domain;
using LStep.Grains.Time;

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

/// <summary>Over whom a batch is to go; everybody without either.</summary>
/// <param name="Tag">Those who have this tag.</param>
/// <param name="Customers">Ids, each counted once.</param>
public sealed record NewEvaluation(string? Tag = null, IReadOnlyList<string>? Customers = null)
{
    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal InputError? WhyNot =>
        Tag is not null && Customers is not null
            ? new InputError("$.tag", "one_of_two", "Give tag or customers, not both.")
        : Tag is not null && !StatusTags.TryParse(Tag, out _)
            ? new InputError("$.tag", "bad_tag", $"tag is one of {string.Join(", ", StatusTags.All.Select(tag => tag.Code()))}.")
        : Customers is { Count: > TimeLimits.CustomersPerListMax }
            ? new InputError("$.customers", "too_many", $"customers has at most {TimeLimits.CustomersPerListMax} ids.")
        : Customers?.ToList().FindIndex(id => !IsId(id)) is >= 0 and var at
            ? new InputError($"$.customers[{at}]", "bad_id", $"An id is a text of 1 to {Limits.CustomerIdCharsMax} characters.")
        : null;

    internal static bool IsId(string? id) => id is { Length: > 0 } && !id.MoreThan(Limits.CustomerIdCharsMax) && !id.Contains('\0');
}
