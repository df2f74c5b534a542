using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Domain.Rules;

/// <summary>What values a metric can have at all.</summary>
static class MetricRanges
{
    /// <summary>The longest gap between active days of a window of 30.</summary>
    const int UsualGapMax = Limits.WindowDays - 1;

    static readonly NumberSet Score = NumberSet.Between(0, 100), FromZero = NumberSet.Between(0, decimal.MaxValue),
        Week = NumberSet.Between(0, 7), Month = NumberSet.Between(0, Limits.WindowDays);

    static readonly ImmutableArray<string> TierNames = [.. Enum.GetValues<Tier>().Select(tier => Tiers.Name(tier)!)],
        ProductTags = [.. Enum.GetValues<Tier>().Select(tier => Tiers.ProductTag(tier)!)],
        TrendNames = [.. Enum.GetValues<Trend>().Select(Trends.Name)],
        TagCodes = [.. StatusTags.All.Select(tag => tag.Code())],
        IndicatorNames = [.. Indicators.All.Select(Indicators.Name)];

    /// <summary>Of a number metric.</summary>
    public static NumberSet Of(Metric metric) => metric switch
    {
        Metric.CurriculumCompletion => Score,
        Metric.ActiveDays7d => Week,
        Metric.ActiveDays30d => Month,
        Metric.UsualGap => NumberSet.Between(1, UsualGapMax),
        Metric.EngagementChange7d => NumberSet.Between(-100, decimal.MaxValue),
        Metric.RiskIndicatorCount => NumberSet.Between(0, IndicatorNames.Length),
        Metric.ChurnProbability => NumberSet.Between(0, 1),
        Metric.LtvValue => NumberSet.All,
        _ when metric.Nature() == MetricNature.Score => Score,
        _ => FromZero,
    };

    /// <summary>Of a text or list metric; all of them are closed sets.</summary>
    public static ImmutableArray<string> Texts(Metric metric) => metric switch
    {
        Metric.CustomerTier => TierNames,
        Metric.ProductTag => ProductTags,
        Metric.ScoreTrend => TrendNames,
        Metric.PreviousTag => TagCodes,
        Metric.RiskIndicators => IndicatorNames,
        Metric.BehaviorTags => BehaviorTags.All,
        _ => [],
    };

    public static bool IsWhole(Metric metric) => metric == Metric.UsualGap || metric.IsRecency()
        || (metric.Nature() == MetricNature.Count && metric is not (Metric.SessionMinutes7d or Metric.SessionMinutes30d));

    /// <summary>Has a value for every customer at every moment.</summary>
    public static bool IsAlwaysThere(Metric metric) => (IsWhole(metric) && metric != Metric.UsualGap)
        || metric is Metric.SessionMinutes7d or Metric.SessionMinutes30d or Metric.CurriculumCompletion or Metric.CommunityContribution
            or Metric.ScoreTrend or Metric.RiskIndicators or Metric.BehaviorTags;

    /// <summary>"from 0 to 100", as messages say it.</summary>
    public static string Words(Metric metric)
    {
        var range = Of(metric).Parts[0];
        return range.High == decimal.MaxValue ? $"from {range.Low} up" : $"from {range.Low} to {range.High}";
    }
}
