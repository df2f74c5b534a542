using System.Collections.Immutable;

namespace LStep.Domain.Analysing;

/// <summary>A row of the ledger, as far as figures depend on it.</summary>
/// <param name="At">When it was applied.</param>
/// <param name="UndoneAt">When it was taken back, or null.</param>
public sealed record ChainRow(
    int Number, StatusTag? From, StatusTag To, DateTimeOffset At, DateTimeOffset DueAt, TransitionKind Kind, DateTimeOffset? UndoneAt)
{
    /// <summary>It says what the customer's status was: it was not taken back, and takes nothing back.</summary>
    public bool Stands => UndoneAt is null && Kind != TransitionKind.Undo;

    /// <summary>It is a move that counts as one.</summary>
    public bool Counts => Stands && Kind is not (TransitionKind.First or TransitionKind.Import);
}

/// <summary>A review, as far as figures depend on it.</summary>
/// <param name="EndedAt">Null while it is open.</param>
/// <param name="Transition">The number of the row that closed it, or null.</param>
public sealed record ChainReview(StatusTag To, ReviewStatus Status, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt, int? Transition);

/// <summary>All that was decided about one customer.</summary>
/// <param name="Ledger">Ascending by number.</param>
/// <param name="Start">When the learner could begin; null for a person who was erased.</param>
/// <param name="ErasedAt">When it left by being erased, or null.</param>
public sealed record Chain(
    ImmutableArray<ChainRow> Ledger, ImmutableArray<ChainReview> Reviews, DateTimeOffset? Start, DateTimeOffset? ErasedAt = null);
