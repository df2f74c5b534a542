using System.Collections.Immutable;

namespace LStep.Domain.Deciding;

/// <summary>What is to be done with the customer now.</summary>
enum Verdict : byte
{
    /// <summary>Nothing, or the open review stays as it is.</summary>
    Stay,
    Move,
    OpenReview,

    /// <summary>The same move is recommended by another rule or for other reasons.</summary>
    KeepReview,
}

/// <param name="Kind">Of a move.</param>
/// <param name="CloseReason">Why the open review ends, or null when it stays or there is none.</param>
/// <param name="Withdrawn">The open review ends because nothing is recommended any more.</param>
/// <param name="Winner">The best rule, also when a hold keeps it from being carried out.</param>
/// <param name="Hold">What holds the recommendation, or null.</param>
/// <param name="Met">Every rule whose conditions hold; null when none does.</param>
readonly record struct Ruling(
    Verdict Verdict, TransitionKind Kind, string? CloseReason, bool Withdrawn, Finding? Winner,
    ImmutableArray<string> Reasons, string? Hold, List<Finding>? Met)
{
    /// <summary>Nothing at all has to be written.</summary>
    public bool IsQuiet => Verdict == Verdict.Stay && CloseReason is null;
}
