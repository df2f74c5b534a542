using System.Collections.Immutable;

namespace LStep;

/// <summary>A metric's value: a number, a text, or a list of texts; none of them when it has no value.</summary>
[GenerateSerializer, Immutable, Alias("lstep.metric-value")]
public readonly record struct MetricValue(
    [property: Id(0)] decimal? Number = null,
    [property: Id(1)] string? Text = null,
    [property: Id(2)] ImmutableArray<string>? List = null)
{
    public bool HasValue => Number is not null || Text is not null || List is not null;
}

[GenerateSerializer, Immutable, Alias("lstep.scores")]
public sealed record ScoresView(
    [property: Id(0)] decimal Engagement, [property: Id(1)] decimal Progress, [property: Id(2)] decimal Community,
    [property: Id(3)] decimal Overall, [property: Id(4)] string Trend);

[GenerateSerializer, Immutable, Alias("lstep.indicator")]
public sealed record IndicatorView([property: Id(0)] string Type, [property: Id(1)] string Severity);

/// <summary>How probable it is that no learner activity comes in the next 14 days.</summary>
/// <param name="Probability">0 to 1, four decimals.</param>
/// <param name="Model">The number of the model that says so.</param>
/// <param name="Reasons">At most three, what weighs most first.</param>
[GenerateSerializer, Immutable, Alias("lstep.churn-view")]
public sealed record ChurnView(
    [property: Id(0)] decimal Probability, [property: Id(1)] int Model, [property: Id(2)] ImmutableArray<ChurnReasonView> Reasons);

/// <param name="Feature">What of the windows weighs.</param>
/// <param name="Text">In plain words, with the value.</param>
/// <param name="LogOdds">How much it weighs: above 0 it speaks for silence.</param>
[GenerateSerializer, Immutable, Alias("lstep.churn-reason-view")]
public sealed record ChurnReasonView(
    [property: Id(0)] string Feature, [property: Id(1)] string Text, [property: Id(2)] decimal Value, [property: Id(3)] decimal LogOdds);

/// <summary>A customer as of now: the part of the API's snapshot that the state alone knows. Scores are means over 7 days.</summary>
[GenerateSerializer, Immutable, Alias("lstep.customer-view")]
public sealed record CustomerView
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public string? Email { get; init; }
    [Id(2)] public string? Name { get; init; }
    [Id(3)] public string? Tier { get; init; }
    [Id(4)] public string? ProductTag { get; init; }
    [Id(5)] public decimal? LtvValue { get; init; }
    [Id(6)] public DateTimeOffset EnrolledAt { get; init; }
    [Id(7)] public DateTimeOffset StartsAt { get; init; }
    [Id(8)] public string? Timezone { get; init; }
    [Id(9)] public string? Locale { get; init; }

    /// <summary>Free traits as a JSON object.</summary>
    [Id(10)] public required string Traits { get; init; }

    [Id(11)] public StatusTag Tag { get; init; }
    [Id(12)] public DateTimeOffset TagSince { get; init; }
    [Id(13)] public DateTimeOffset? LockedUntil { get; init; }
    [Id(14)] public required ScoresView Scores { get; init; }

    /// <summary>Every metric of the contract by its snake_case name.</summary>
    [Id(15)] public required ImmutableSortedDictionary<string, MetricValue> Metrics { get; init; }

    [Id(16)] public ImmutableArray<IndicatorView> RiskIndicators { get; init; }
    [Id(17)] public ImmutableArray<string> BehaviorTags { get; init; }
    [Id(18)] public DateTimeOffset? LastLoginAt { get; init; }
    [Id(19)] public DateTimeOffset? LastActivityAt { get; init; }
    [Id(20)] public DateTimeOffset? NextCheckAt { get; init; }
    [Id(21)] public long Version { get; init; }

    /// <summary>Null where nothing is predicted.</summary>
    [Id(22)] public ChurnView? Churn { get; init; }
}

[GenerateSerializer, Immutable, Alias("lstep.clause-view")]
public sealed record ClauseView
{
    [Id(0)] public required string Metric { get; init; }
    [Id(1)] public required string Operator { get; init; }

    /// <summary>The rule's value as JSON.</summary>
    [Id(2)] public required string Threshold { get; init; }

    [Id(3)] public MetricValue Observed { get; init; }
    [Id(4)] public bool Met { get; init; }

    /// <summary>0-1 with the sense of section 9; 0 for an unmet clause.</summary>
    [Id(5)] public decimal Margin { get; init; }

    [Id(6)] public decimal Evidence { get; init; }
}

[GenerateSerializer, Immutable, Alias("lstep.rule-view")]
public sealed record RuleView
{
    [Id(0)] public required int Id { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required StatusTag To { get; init; }
    [Id(3)] public required int Priority { get; init; }
    [Id(4)] public bool Met { get; init; }
    [Id(5)] public decimal? Confidence { get; init; }

    /// <summary>The hold that silences it although it is met, or null.</summary>
    [Id(6)] public string? Held { get; init; }

    [Id(7)] public required ImmutableArray<ClauseView> Clauses { get; init; }

    /// <summary>Why a met rule was not chosen, or null.</summary>
    [Id(8)] public string? LostBecause { get; init; }
}

[GenerateSerializer, Immutable, Alias("lstep.would-change")]
public sealed record WouldChangeView(
    [property: Id(0)] StatusTag To, [property: Id(1)] string Rule, [property: Id(2)] ImmutableArray<ClauseView> Missing);

/// <summary>An evaluation explained; nothing was changed by it.</summary>
[GenerateSerializer, Immutable, Alias("lstep.evaluation-view")]
public sealed record EvaluationView
{
    [Id(0)] public required string CustomerId { get; init; }
    [Id(1)] public required DateTimeOffset At { get; init; }
    [Id(2)] public required StatusTag CurrentTag { get; init; }
    [Id(3)] public StatusTag? Recommended { get; init; }
    [Id(4)] public string? Rule { get; init; }
    [Id(5)] public decimal? Confidence { get; init; }
    [Id(6)] public decimal? CalibratedConfidence { get; init; }
    [Id(7)] public bool RequiresReview { get; init; }
    [Id(8)] public ImmutableArray<string> ReviewReasons { get; init; } = [];

    /// <summary>dwell, manual, locked, rejected, usual_rhythm or shadow; null when nothing holds the recommendation.</summary>
    [Id(9)] public string? Held { get; init; }

    [Id(10)] public bool WouldApply { get; init; }
    [Id(11)] public ImmutableArray<WouldChangeView> WouldChange { get; init; } = [];
    [Id(12)] public ImmutableArray<RuleView> Rules { get; init; } = [];
    [Id(13)] public DateTimeOffset? NextCheckAt { get; init; }
    [Id(14)] public int RuleSetVersion { get; init; }
}
