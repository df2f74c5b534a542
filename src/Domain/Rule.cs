using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Predicting;

namespace LStep.Domain;

public enum Operator : byte { AtLeast, MoreThan, AtMost, LessThan, Equal, NotEqual, In, NotIn, Between, Contains }

/// <summary>A tree of conditions; a closed set.</summary>
public abstract record Condition
{
    private Condition() { }

    /// <summary>Whether a clause of it compares a metric.</summary>
    public bool Names(Metric metric) => this switch
    {
        Clause clause => clause.Trait is null && clause.Metric == metric,
        Not not => not.Part.Names(metric),
        All all => all.Parts.Any(part => part.Names(metric)),
        Any any => any.Parts.Any(part => part.Names(metric)),
        _ => false,
    };

    public sealed record All(ImmutableArray<Condition> Parts) : Condition;

    public sealed record Any(ImmutableArray<Condition> Parts) : Condition;

    public sealed record Not(Condition Part) : Condition;

    /// <summary>One comparison. Trait is set exactly when the clause names traits.NAME; Metric is meaningless then.</summary>
    public sealed record Clause(Metric Metric, string? Trait, Operator Operator, Threshold Threshold) : Condition;
}

/// <summary>What a clause compares with: one number, one text, a list of either, or a range (two numbers, both included).</summary>
public sealed record Threshold(ImmutableArray<decimal> Numbers, ImmutableArray<string> Texts);

public sealed record Rule
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required ImmutableArray<StatusTag> From { get; init; }
    public required StatusTag To { get; init; }
    public required Condition Conditions { get; init; }

    /// <summary>Lower wins.</summary>
    public required int Priority { get; init; }

    public bool Automatic { get; init; } = true;
    public bool RequiresApproval { get; init; }

    /// <summary>Not met while the silence is one the learner usually keeps.</summary>
    public bool UsualRhythm { get; init; }

    public bool Active { get; init; } = true;

    /// <summary>Whom to tell and how, as a JSON object; deciding does not look at it.</summary>
    public string Notification { get; init; } = "{}";
}

/// <summary>A published, numbered set of rules. Version 1 is the contract's fifteen.</summary>
public sealed record RuleSet(int Version, string Author, DateTimeOffset PublishedAt, ImmutableArray<Rule> Rules);

/// <summary>What the operator allows, as of now; a snapshot of the flags. RolloutPercentage is 0-100, stable by customer.</summary>
public sealed record Policy
{
    public bool Enabled { get; init; } = true;
    public bool RealtimeEvaluation { get; init; } = true;
    public bool AutoApply { get; init; } = true;
    public int RolloutPercentage { get; init; } = 100;
}

/// <summary>Everything outside the customer that a decision depends on: frozen once per call and passed down.</summary>
/// <param name="Shadow">Runs beside the rules and decides nothing; null for none.</param>
/// <param name="Model">What predictions are made with; null where none are.</param>
public sealed record Rulebook(
    RuleSet Rules, Policy Policy, BusinessCalendar Calendar, Calibration? Calibration = null, RuleSet? Shadow = null,
    LiveModel? Model = null);
