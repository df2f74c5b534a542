using System.Collections.Immutable;
using Orleans;

namespace LStep.Grains.Customers;

/// <summary>
/// Records for one customer after the other, many at once: a customer in this process without a message, any other by one. Turns, bounds
/// and the time for which an idle customer stays are the same either way.
/// </summary>
public sealed class CustomerCalls(IGrainFactory grains, Residents residents)
{
    /// <exception cref="OverloadedException">A queue on the way was full: nothing was recorded, try again.</exception>
    public Task<Receipt> Record(string customerId, ImmutableArray<Activity> activities) =>
        residents.Record(customerId, activities) ?? grains.GetGrain<ICustomerGrain>(customerId).Record(activities);
}
