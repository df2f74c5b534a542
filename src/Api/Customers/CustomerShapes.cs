using System.Collections.Immutable;
using LStep.Api.Analytics;
using LStep.Api.Http;
using LStep.Api.Reviews;
using LStep.Api.Transitions;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Domain.Valuing;

namespace LStep.Api.Customers;

/// <summary>A customer in a list.</summary>
/// <param name="ChurnProbability">
/// Of no learner activity in the next 14 days, 0 to 1, by the model that churnModel names; null where nothing is predicted.
/// </param>
public sealed record CustomerRow(
    string Id, string? Email, string? Name, string? Tier, string? ProductTag, decimal? LtvValue, StatusTag Tag, DateTimeOffset TagSince,
    DateTimeOffset? LockedUntil, ScoresView Scores, ImmutableArray<IndicatorView> RiskIndicators, DateTimeOffset? LastLoginAt,
    DateTimeOffset? LastActivityAt, DateTimeOffset? NextCheckAt, decimal? ChurnProbability, int? ChurnModel)
{
    public static CustomerRow Of(CustomerView view) => new(
        view.Id, view.Email, view.Name, view.Tier, view.ProductTag, view.LtvValue, view.Tag, view.TagSince, view.LockedUntil, view.Scores,
        view.RiskIndicators, view.LastLoginAt, view.LastActivityAt, view.NextCheckAt, view.Churn?.Probability,
        view.Churn?.Model);
}

/// <summary>A customer as of now. Scores are means over 7 days; metrics are all that rules can name.</summary>
/// <param name="Churn">Null where nothing is predicted, and of a past instant.</param>
public sealed record Customer(
    string Id, string? Email, string? Name, string? Tier, string? ProductTag, decimal? LtvValue, DateTimeOffset EnrolledAt,
    DateTimeOffset StartsAt, string? Timezone, string? Locale, RawJson Traits, StatusTag Tag, DateTimeOffset TagSince,
    DateTimeOffset? LockedUntil, ScoresView Scores, ImmutableSortedDictionary<string, MetricValue> Metrics,
    ImmutableArray<IndicatorView> RiskIndicators, ImmutableArray<string> BehaviorTags, IReadOnlyList<TransitionRow> RecentTransitions,
    ReviewRow? OpenReview, DateTimeOffset? LastLoginAt, DateTimeOffset? LastActivityAt, DateTimeOffset? NextCheckAt, long Version,
    ChurnView? Churn)
{
    /// <summary>The campaign that has priority for its product and status; null where there is none, and of a past instant.</summary>
    public PriorityActionRow? PriorityAction { get; init; }

    /// <summary>What it is expected to pay; null for whoever has never paid, and of a past instant.</summary>
    public ProjectedLtv? ProjectedLtv { get; init; }

    public static Customer Of(CustomerView view, IReadOnlyList<TransitionRow> recent, ReviewRow? review) => new(
        view.Id, view.Email, view.Name, view.Tier, view.ProductTag, view.LtvValue, view.EnrolledAt, view.StartsAt, view.Timezone,
        view.Locale, new RawJson(view.Traits), view.Tag, view.TagSince, view.LockedUntil, view.Scores, view.Metrics, view.RiskIndicators,
        view.BehaviorTags, recent, review, view.LastLoginAt, view.LastActivityAt, view.NextCheckAt, view.Version, view.Churn);
}

/// <summary>What a customer is expected to pay within the horizon, in the installation's currency.</summary>
/// <param name="Low">With High the 95% interval.</param>
public sealed record ProjectedLtv(decimal Value, decimal Low, decimal High, int HorizonDays)
{
    private const int Decimals = 2;

    internal static ProjectedLtv? Of(ProjectedValue? told) => told is { } value
        ? new ProjectedLtv(Round(value.Value), Round(value.Low), Round(value.High), Projection.HorizonDays)
        : null;

    private static decimal Round(double value) => Math.Round((decimal)value, Decimals, MidpointRounding.AwayFromZero);
}
