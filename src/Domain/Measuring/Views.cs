using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LStep.Domain.Deciding;

namespace LStep.Domain.Measuring;

/// <summary>The customer as others see it.</summary>
public static class Views
{
    public static CustomerView Of(CustomerState state, BusinessCalendar calendar, DateTimeOffset now, DateTimeOffset? nextCheckAt)
    {
        var measures = Measures.Of(state, calendar, now);
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

    // Before the start no day was observed and a mean has no value; a card shows 0.
    static decimal Mean(Measures measures, Metric metric) => measures.TryNumber(metric, out var mean) ? mean : 0;
}
