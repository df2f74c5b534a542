using System.Numerics;
using LStep.Domain.Predicting;

namespace LStep.Domain.Measuring;

/// <summary>What lists filter and sort customers by, as of an instant.</summary>
public sealed record CustomerFigures
{
    /// <summary>What a filter may have; what an owner or a name has behind it is not compared.</summary>
    public const int TextCharsMax = 200;

    private static readonly TimeSpan LoginGap = TimeSpan.FromDays(5);
    private static readonly TimeSpan NeverStarted = TimeSpan.FromDays(3);

    public required string CustomerId { get; init; }
    public required StatusTag Tag { get; init; }
    public Tier? Tier { get; init; }

    /// <summary>The trait of that name, as text; empty without one.</summary>
    public required string Owner { get; init; }

    public RiskIndicators Indicators { get; init; }

    /// <summary>Bit 0 is BT_001.</summary>
    public int Behaviors { get; init; }

    /// <summary>7-day means to three decimals, as are the other scores; 0 before the start.</summary>
    public decimal Overall { get; init; }

    public decimal Engagement { get; init; }
    public decimal Progress { get; init; }
    public decimal Community { get; init; }
    public decimal? Ltv { get; init; }
    public DateTimeOffset TagSince { get; init; }
    public DateTimeOffset? LastActivityAt { get; init; }
    public DateTimeOffset EnrolledAt { get; init; }

    /// <summary>When time alone changes them before the business day is over; null when it does not. The day's end changes most.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Of no learner activity in the next 14 days, four decimals; null where nothing is predicted.</summary>
    public decimal? Churn { get; init; }

    /// <summary>Which model predicts it.</summary>
    public int? ChurnModel { get; init; }

    public static CustomerFigures Of(CustomerState state, BusinessCalendar calendar, DateTimeOffset now, LiveModel? model = null)
    {
        var measures = Measures.Of(state, calendar, now, model);
        return new CustomerFigures
        {
            CustomerId = state.CustomerId,
            Tag = state.Tag,
            Tier = state.Profile.Tier,
            Owner = Cut(OwnerOf(measures)),
            Indicators = measures.Raised,
            Behaviors = BehaviorTags.BitsOf(measures),
            Overall = Mean(measures, Metric.OverallHealthScore),
            Engagement = Mean(measures, Metric.EngagementScore),
            Progress = Mean(measures, Metric.ProgressScore),
            Community = Mean(measures, Metric.CommunityScore),
            Ltv = state.Profile.LtvValue,
            TagSince = state.TagSince,
            LastActivityAt = state.Lifetime.LastActivityAt,
            EnrolledAt = state.EnrolledAt,
            DueAt = DueOf(measures, calendar, now),
            Churn = measures.ChurnProbability,
            ChurnModel = measures.ChurnModel,
        };
    }

    /// <summary>The trait owner as text: numbers and truth values as JSON writes them; empty without one.</summary>
    public static string OwnerOf(Measures measures) =>
        measures.Trait("owner") is var owner && owner.Text is { } text ? text.Replace('\0', '\uFFFD')
            : owner.Number is { } number ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";

    /// <summary>Which of the bits of Indicators one is.</summary>
    public static int FacetOf(RiskIndicators one) => BitOperations.Log2((uint)one);

    /// <summary>Within so many UTF-16 units, and no half of a pair.</summary>
    private static string Cut(string text) =>
        text.Length <= TextCharsMax ? text : text[..(char.IsHighSurrogate(text[TextCharsMax - 1]) ? TextCharsMax - 1 : TextCharsMax)];

    private static DateTimeOffset? DueOf(Measures measures, BusinessCalendar calendar, DateTimeOffset now)
    {
        DateTimeOffset? due = null;
        foreach (var (indicator, at) in new[]
        {
            (RiskIndicators.LoginGap, measures.Anchor(Metric.DaysSinceLogin)!.Value + LoginGap),
            (RiskIndicators.NeverStarted, measures.Start + NeverStarted),
        })
            if (at > now && !measures.Raised.HasFlag(indicator) && !(due <= at)) due = at;
        return due < calendar.NextMidnight(now) ? due : null;
    }

    private static decimal Mean(Measures measures, Metric metric) =>
        measures.TryNumber(metric, out var mean) ? Math.Round(mean, 3, MidpointRounding.AwayFromZero) : 0;
}
