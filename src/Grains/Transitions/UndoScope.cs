namespace LStep.Grains.Transitions;

/// <summary>Whose ledger rows are taken back together; a closed set.</summary>
public abstract record UndoScope
{
    private UndoScope() { }

    /// <summary>What a batch of evaluations moved.</summary>
    public sealed record OfBatch(string Id) : UndoScope;

    /// <summary>What the rules of a version moved since an instant: not what people approved.</summary>
    public sealed record OfVersion(int Version, DateTimeOffset Since) : UndoScope;
}

/// <param name="TransitionId">The customer's latest row: it came after those that were to be taken back.</param>
public sealed record MovedOn(string CustomerId, long TransitionId);

/// <param name="Count">Ledger rows taken back, or that would be.</param>
/// <param name="MovedOn">The first <see cref="UndoLimits.MovedOnListedMax"/> of the customers that were left alone.</param>
public sealed record UndoResult(int Count, IReadOnlyList<MovedOn> MovedOn, int MovedOnCount);

/// <summary>Told page by page of the ledger rows that were taken back, or would be: the customer and the number of each.</summary>
public delegate Task RowsTaken(string[] customers, int[] numbers);

public static class UndoLimits
{
    public const int MovedOnListedMax = 1_000;
    public const int CustomersPerPageMax = 500;
    public const int CustomersAtOnceMax = 64;
}
