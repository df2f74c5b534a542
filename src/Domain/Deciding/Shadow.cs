using System.Collections.Immutable;

namespace LStep.Domain.Deciding;

/// <summary>What a set of rules asks for at an instant.</summary>
public enum SetAction : byte
{
    /// <summary>Nothing, or something that a hold keeps back.</summary>
    Stay = 0,
    Move = 1,
    Review = 2,
}

/// <param name="To">Null when it asks for nothing.</param>
public readonly record struct SetOutcome(SetAction Action, StatusTag? To)
{
    internal static SetOutcome Of(in Ruling ruling) => ruling switch
    {
        { Verdict: Verdict.Move, Winner: { } winner } => new(SetAction.Move, winner.Rule.To),
        // A review that is open and stays as it is asks for the same.
        { Winner: { } winner, Hold: null } => new(SetAction.Review, winner.Rule.To),
        _ => default,
    };
}

/// <summary>Where a set that runs beside the live one asked for something else, of the same customer at the same instant.</summary>
public sealed record ShadowDifference(string CustomerId, DateTimeOffset At, StatusTag Tag, SetOutcome Live, SetOutcome Shadow);

/// <param name="Count">Evaluations at which both sets were asked.</param>
public sealed record ShadowComparison(int LiveVersion, int ShadowVersion, int Count, ImmutableArray<ShadowDifference> Differences);
