using LStep.Grains.Campaigns.Channels.Push;
using LStep.Grains.Database;

namespace LStep.Grains.Campaigns.Devices;

/// <summary>
/// Devices that are gone for good, as push services said. A platform that goes on naming them in the customer's traits does not have them
/// tried again.
/// </summary>
public sealed class GoneDevices(PostgresDatabase database, TimeProvider clock)
{
    /// <summary>Of one customer: far more than anybody owns.</summary>
    private const int DevicesPerCustomerMax = 200;

    public PushDevices Devices => new(Left, Add);

    private async Task<IReadOnlyList<string>> Left(string customerId, IReadOnlyList<string> tokens, CancellationToken cancel) =>
        await database.InBackground(
            connection => connection.Rows("gone_devices_left", row => row.GetString(0), cancel, customerId, tokens.ToArray()), cancel);

    private Task<int> Add(string customerId, string token, CancellationToken cancel) => database.InBackground(
        connection => connection.Execute("gone_devices_add", cancel, customerId, token, clock.Now(), DevicesPerCustomerMax), cancel);
}
