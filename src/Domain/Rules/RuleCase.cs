using System.Collections.Immutable;
using System.Text.Json;

namespace LStep.Domain.Rules;

/// <summary>One customer as a case supposes them, and what the rules should say of them.</summary>
public sealed record RuleCase(string Name, GivenCustomer Given, ExpectedEvaluation Expect);

/// <summary>
/// A customer: what was told of them, what they did, and where they stand. Metrics that are given stand in place of those that would be
/// measured.
/// </summary>
public sealed record GivenCustomer
{
    public required DateTimeOffset At { get; init; }
    public required StatusTag Tag { get; init; }
    public StatusTag? PreviousTag { get; init; }
    public decimal? DaysInStatus { get; init; }

    /// <summary>Since when there is anything of them; days observed are counted from then.</summary>
    public decimal EnrolledDaysAgo { get; init; }

    /// <summary>Traits of an identify, as JSON.</summary>
    public string Profile { get; init; } = "{}";

    public ImmutableArray<Activity> Activities { get; init; } = [];
    public ImmutableDictionary<Metric, MetricValue> Metrics { get; init; } = ImmutableDictionary<Metric, MetricValue>.Empty;

    /// <summary>Hours since the last move by the system; within 24 it holds the next.</summary>
    public decimal? MovedHoursAgo { get; init; }

    /// <summary>A person set the tag less than seven days ago.</summary>
    public bool SetByPerson { get; init; }

    public bool Locked { get; init; }

    /// <summary>Moves to these tags were rejected or undone less than 14 days ago.</summary>
    public ImmutableArray<StatusTag> Refused { get; init; } = [];
}

/// <summary>What has to be found; what is null (or, where null means none, not given) is not looked at.</summary>
public sealed record ExpectedEvaluation
{
    /// <summary>By the name of the member, as JSON; only what was given.</summary>
    public required ImmutableSortedDictionary<string, JsonElement> Members { get; init; }

    public static ImmutableArray<string> Names { get; } =
        ["recommended", "rule", "confidence", "reviewReasons", "held", "applied", "missing"];
}

/// <summary>Where an evaluation is not what a case expects.</summary>
public sealed record CaseDifference(string Member, string Expected, string Found);

/// <summary>What a case came to; without differences it holds.</summary>
public sealed record CaseOutcome(RuleCase Case, EvaluationView Evaluation, ImmutableArray<CaseDifference> Differences)
{
    public bool Holds => Differences.IsEmpty;
}
