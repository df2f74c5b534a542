using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LStep.Domain.Deciding;

namespace LStep.Domain;

/// <summary>A fall or a recovery, kept as long as rapid_changes looks back (7 days).</summary>
public sealed record RecentMove(int Number, StatusTag? From, StatusTag To, DateTimeOffset DueAt, TransitionKind Kind, bool Undone);

/// <summary>A rejected or undone recommendation: silent until then; ends early when the tag changes.</summary>
public sealed record Silence(StatusTag From, StatusTag To, DateTimeOffset Until);

/// <summary>What automation would have done while a lock or the roll-out withheld it, as it was last recorded.</summary>
public sealed record Withheld(int RuleId, StatusTag To, string Hold);

/// <summary>One row of a customer's ledger, as far as taking rows back depends on it.</summary>
/// <param name="Undone">It was taken back.</param>
public sealed record HistoryRow(int Number, StatusTag? From, StatusTag To, DateTimeOffset DueAt, TransitionKind Kind, bool Undone)
{
    /// <summary>It says what the customer's status was: it was not taken back, and takes nothing back.</summary>
    public bool Stands => !Undone && Kind != TransitionKind.Undo;
}

/// <summary>The customer's one open review.</summary>
public sealed record OpenReview
{
    public required Guid Id { get; init; }
    public required StatusTag From { get; init; }
    public required StatusTag To { get; init; }
    public required int RuleId { get; init; }
    public required string Rule { get; init; }
    public required decimal Confidence { get; init; }
    public required ImmutableArray<string> Reasons { get; init; }

    /// <summary>The due instant of the opening; deadlines count from it.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    public required int DecisionNumber { get; init; }

    /// <summary>How often it has called for attention: once after 24 h, once more after 72 h.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Alerts { get; init; }
}

/// <summary>What people and the past allow automation to do with this customer.</summary>
public sealed record Governance
{
    public static Governance Empty { get; } = new();

    /// <summary>Ledger rows so far.</summary>
    public int Transitions { get; init; }

    /// <summary>Decision records so far.</summary>
    public int Decisions { get; init; }

    /// <summary>Reviews opened so far.</summary>
    public int Reviews { get; init; }

    public ImmutableArray<RecentMove> Moves { get; init; } = [];

    /// <summary>dueAt of the latest transition made by the system that starts a dwell, or null.</summary>
    public DateTimeOffset? DwellFrom { get; init; }

    /// <summary>A person set the tag; automation leaves it alone until then.</summary>
    public DateTimeOffset? ManualUntil { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    public ImmutableArray<Silence> Silences { get; init; } = [];

    public OpenReview? Review { get; init; }

    public Withheld? Withheld { get; init; }
}
