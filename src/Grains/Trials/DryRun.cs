using System.Collections.Immutable;
using LStep.Domain;

namespace LStep.Grains.Trials;

/// <param name="Count">Ledger rows; a customer that would move twice at once has two.</param>
public sealed record MoveCount(StatusTag From, StatusTag To, int Count);

public sealed record DryRunMove(string Id, StatusTag From, StatusTag To);

/// <summary>Where the list of those who would move goes on: behind a customer of a shard.</summary>
public sealed record DryRunPlace(short Shard, string CustomerId);

/// <summary>What publishing a rule set would do at once, over everybody.</summary>
/// <param name="At">As of when.</param>
/// <param name="ActiveVersion">The version in force, whose work stands.</param>
/// <param name="Unreadable">Customers whose rows cannot be read; the others were looked at.</param>
/// <param name="Reviews">That would be opened.</param>
/// <param name="Messages">To customers, of campaigns that would start.</param>
public sealed record DryRunTotals(
    DateTimeOffset At, int ActiveVersion, int Evaluated, int Unreadable, ImmutableArray<MoveCount> Moves, int Reviews, int Messages);

/// <param name="Next">Null at the end.</param>
public sealed record DryRunPage(ImmutableArray<DryRunMove> Moves, DryRunPlace? Next);
