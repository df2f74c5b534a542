using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LStep.Domain.Deciding;
using LStep.Domain.Predicting;

namespace LStep.Domain.Measuring;

/// <summary>The customer as others see it.</summary>
public static class Views
{
    /// <param name="model">What is predicted with; null where nothing is.</param>
    /// <param name="explains">Whether the prediction comes with its reasons, which take longer to find than everything else.</param>
    public static CustomerView Of(
        CustomerState state, BusinessCalendar calendar, DateTimeOffset now, DateTimeOffset? nextCheckAt, LiveModel? model = null,
        bool explains = false)
    {
        var measures = Measures.Of(state, calendar, now, model);
        var profile = state.Profile;
        return new CustomerView
        {
            Id = state.CustomerId,
            Email = profile.Email,
            Name = profile.Name,
            Tier = Tiers.Name(profile.Tier),
            ProductTag = Tiers.ProductTag(profile.Tier),
            LtvValue = profile.LtvValue,
            EnrolledAt = state.EnrolledAt,
            StartsAt = state.StartsAt,
            Timezone = profile.Timezone,
            Locale = profile.Locale,
            Traits = Json(profile.Traits),
            Tag = state.Tag,
            TagSince = state.TagSince,
            LockedUntil = state.Governance.LockedUntil > now ? state.Governance.LockedUntil : null,
            Scores = new ScoresView(
                Mean(measures, Metric.EngagementScore), Mean(measures, Metric.ProgressScore),
                Mean(measures, Metric.CommunityScore), Mean(measures, Metric.OverallHealthScore), Trends.Name(measures.ScoreTrend)),
            Metrics = Domain.Measuring.Metrics.All.ToArray()
                .ToImmutableSortedDictionary(Domain.Measuring.Metrics.Name, metric => measures[metric], StringComparer.Ordinal),
            RiskIndicators = [.. Indicators.All.Where(one => measures.Raised.HasFlag(one))
                .Select(one => new IndicatorView(Indicators.Name(one), Indicators.Name(Indicators.SeverityOf(one))))],
            BehaviorTags = Domain.Measuring.BehaviorTags.Of(measures),
            Churn = ChurnOf(measures, explains),
            LastLoginAt = state.Lifetime.LastLoginAt,
            LastActivityAt = state.Lifetime.LastActivityAt,
            NextCheckAt = nextCheckAt,
            Version = state.Version,
        };
    }

    /// <summary>Free traits as one JSON object.</summary>
    public static string Json(ImmutableSortedDictionary<string, string> traits)
    {
        var json = new StringBuilder("{");
        foreach (var (name, value) in traits)
            json.Append(json.Length > 1 ? "," : "").Append('"').Append(JsonEncodedText.Encode(name)).Append("\":").Append(value);
        return json.Append('}').ToString();
    }

    static ChurnView? ChurnOf(Measures measures, bool explains)
    {
        if (measures.ChurnProbability is not { } probability) return null;
        ImmutableArray<ChurnReason> reasons = explains ? measures.Foresight!.Reasons : [];
        return new ChurnView(
            probability, measures.ChurnModel!.Value,
            [.. reasons.Select(reason => new ChurnReasonView(
                reason.Feature, reason.Text, Rounded(reason.Value), Rounded(reason.LogOdds)))]);
    }

    static decimal Rounded(double number) => Math.Round((decimal)number, 4);

    // Before the start no day was observed and a mean has no value; a card shows 0.
    static decimal Mean(Measures measures, Metric metric) => measures.TryNumber(metric, out var mean) ? mean : 0;
}
