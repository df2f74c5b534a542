using LStep.Domain;
using LStep.Domain.Packing;

namespace LStep.Grains.Customers.Journaling;

/// <summary>A step on its way to the disk, and the caller who waits for it.</summary>
internal sealed class PendingStep(Step step, CommitKind kind)
{
    private readonly TaskCompletionSource<CommitResult> told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Step Step { get; } = step;

    /// <summary>What its row becomes; packed by the caller's thread, since many customers wait for the writer's.</summary>
    public PackedCustomer After { get; } = PackedCustomer.Of(step.After);

    public CommitKind Kind { get; } = kind;
    public string CustomerId => Step.After.CustomerId;

    /// <summary>The version the row must have; 0 when there must be none.</summary>
    public long Expected => Step.Before?.Version ?? 0;

    public Task<CommitResult> Told => told.Task;

    public void Tell(CommitResult result) => told.TrySetResult(result);

    public void Fail(Exception exception) => told.TrySetException(exception);
}
