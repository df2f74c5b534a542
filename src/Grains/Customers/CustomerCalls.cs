using System.Collections.Immutable;
using Orleans;

namespace LStep.Grains.Customers;

/// <summary>
/// Records activities of a customer: one in this process's memory begins its turn without a message, any other is sent one. Turns and
/// bounds are the same either way, and an idle customer stays for about as long.
/// </summary>
public sealed class CustomerCalls(IGrainFactory grains, Residents residents)
{
    /// <exception cref="OverloadedException">A queue on the way was full: nothing was recorded, try again.</exception>
    public Task<Receipt> Record(string customerId, ImmutableArray<Activity> activities) =>
        residents.Record(customerId, activities) ?? grains.GetGrain<ICustomerGrain>(customerId).Record(activities);
}
