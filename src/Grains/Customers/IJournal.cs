using LStep.Domain;
using LStep.Grains.Customers.Journaling;

namespace LStep.Grains.Customers;

/// <summary>The only way a customer's step becomes durable.</summary>
public interface IJournal
{
    /// <summary>Answers when the step is durable, or was fenced out. A step without changes is not sent.</summary>
    /// <exception cref="OverloadedException">The queue is full: nothing was taken.</exception>
    /// <exception cref="StorageUnavailableException">Whether it was written is unknown: read again.</exception>
    /// <exception cref="RefusedByDatabaseException">Nothing of it was written, and nothing of it can be.</exception>
    Task<CommitResult> Commit(Step step, CommitKind kind = CommitKind.Ordinary);
}
