using LStep.Domain;

namespace LStep.Grains.Customers;

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
