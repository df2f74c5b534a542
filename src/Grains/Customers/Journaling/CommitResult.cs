using System.Collections.Immutable;
using LStep.Domain.Packing;

namespace LStep.Grains.Customers.Journaling;

/// <summary>What became of a step; a closed set. An unclear failure is an exception: read the customer again.</summary>
public abstract record CommitResult
{
    private CommitResult() { }

    /// <summary>Durable. The transitions carry the ids the ledger gave them.</summary>
    /// <param name="After">The customer as it was written; null where nothing was, or the journal does not tell.</param>
    public sealed record Committed(ImmutableArray<Transition> Transitions, PackedCustomer? After = null) : CommitResult;

    /// <summary>The customer has moved on from the version the step was made on; nothing of the step was written.</summary>
    public sealed record FencedOut : CommitResult;

    internal static readonly CommitResult Fenced = new FencedOut();
    internal static readonly CommitResult CommittedNothing = new Committed([]);
}

public enum CommitKind : byte
{
    /// <summary>The stored next check may only come nearer, so that its index rarely changes.</summary>
    Ordinary,

    /// <summary>Time was made up for: the stored next check is set, later ones included.</summary>
    TimeDriven,
}
