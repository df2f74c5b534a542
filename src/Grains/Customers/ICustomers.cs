using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Measuring;

namespace LStep.Grains.Customers;

/// <summary>Customers as they were last committed.</summary>
public interface ICustomers
{
    /// <summary>Null when the customer is not known.</summary>
    /// <exception cref="UnreadableCustomerException">It is known and cannot be read.</exception>
    /// <exception cref="ErasedCustomerException">It was known, and was erased.</exception>
    Task<CustomerState?> Load(string customerId, CancellationToken cancel = default);

    /// <summary>
    /// Which message ids of a call the log knows: of an import for ever, of a live activity within the 48 h before its receipt.
    /// </summary>
    Task<IReadOnlySet<string>> KnownMessages(string customerId, IReadOnlyList<Activity> activities, CancellationToken cancel = default);

    /// <summary>Which lessons the log knows of some business days.</summary>
    Task<CompletedLessons> Lessons(
        string customerId, IReadOnlyList<DateOnly> days, BusinessCalendar calendar, CancellationToken cancel = default);

    /// <summary>The customer's ledger, ascending, as far as taking rows back depends on it.</summary>
    Task<ImmutableArray<HistoryRow>> History(string customerId, CancellationToken cancel = default);
}
