using LStep.Domain;
using LStep.Grains.Customers.Journaling;

namespace LStep.Grains.Customers;

// What is durable, as turns and due work use it. Kept by PostgreSQL; the simulation keeps it in memory, and puts faults in between.

/// <summary>Customers as they were last committed.</summary>
public interface ICustomers
{
    /// <summary>Null when the customer is not known.</summary>
    /// <exception cref="UnreadableCustomerException">It is known and cannot be read.</exception>
    Task<CustomerState?> Load(string customerId, CancellationToken cancel = default);

    /// <summary>
    /// Which message ids of a call the log knows: of an import for ever, of a live activity within the 48 h before its receipt.
    /// </summary>
    Task<IReadOnlySet<string>> KnownMessages(string customerId, IReadOnlyList<Activity> activities, CancellationToken cancel = default);
}

/// <summary>The only way a customer's step becomes durable.</summary>
public interface IJournal
{
    /// <summary>Answers when the step is durable, or was fenced out. A step without changes is not sent.</summary>
    /// <exception cref="OverloadedException">The queue is full: nothing was taken.</exception>
    /// <exception cref="StorageUnavailableException">Whether it was written is unknown: read again.</exception>
    Task<CommitResult> Commit(Step step, CommitKind kind = CommitKind.Ordinary);
}
