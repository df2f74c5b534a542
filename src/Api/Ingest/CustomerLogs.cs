using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace LStep.Api.Ingest;

internal static class CustomerLogs
{
    /// <summary>Records with the customer's grain; what the engine says when it has no room or no time is an overload like any other.</summary>
    /// <exception cref="OverloadedException">Perhaps recorded, perhaps not; trying again does no harm.</exception>
    public static async Task<Receipt> Record(this IGrainFactory grains, string customerId, Activity[] activities)
    {
        try
        {
            return await grains.GetGrain<ICustomerGrain>(customerId).Record(new Immutable<IReadOnlyList<Activity>>(activities));
        }
        catch (Exception e) when (e is TimeoutException or LimitExceededException or SiloUnavailableException or OrleansMessageRejectionException)
        {
            throw new OverloadedException($"the customer's grain did not answer: {e.Message}");
        }
    }
}
