using LStep.Grains.Ingest;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Customers;

/// <summary>
/// Lists customers whose rows cannot be read among the refused events, for repair: each once an hour and process, however often it
/// is asked for.
/// </summary>
public sealed class UnreadableCustomers(RejectedEvents rejected, TimeProvider clock, ILogger<UnreadableCustomers> log)
{
    private static readonly TimeSpan ListedAgainAfter = TimeSpan.FromHours(1);

    private readonly Lock listing = new();
    private readonly Dictionary<string, DateTimeOffset> listed = new(StringComparer.Ordinal);

    /// <summary>Never throws: who met the row has trouble enough. What could not be listed is listed when the row is met again.</summary>
    public async Task List(string customerId, UnreadableCustomerException trouble)
    {
        Telemetry.Unreadable();
        var now = clock.GetUtcNow();
        if (!IsNew(customerId, now)) return;
        log.LogError("The row of a customer cannot be read; GET /api/rejected names it: {Reason}", trouble.Message);
        try
        {
            await rejected.Keep(now, [new RejectedEvent(UnreadableCustomerException.Code, trouble.Message, null, customerId, "")]);
        }
        catch (Exception e)
        {
            lock (listing) listed.Remove(customerId);
            log.LogWarning("A customer that cannot be read could not be listed: {Reason}", e.Message);
        }
    }

    /// <summary>Beyond the bound they are counted and no longer listed: a table that is broken as a whole must not fill another.</summary>
    private bool IsNew(string customerId, DateTimeOffset now)
    {
        lock (listing)
        {
            if (listed.TryGetValue(customerId, out var at) && now - at < ListedAgainAfter) return false;
            if (listed.Count >= CustomerLimits.UnreadableListedPerHourMax)
                foreach (var (old, since) in listed)
                    if (now - since >= ListedAgainAfter) listed.Remove(old);
            if (listed.Count >= CustomerLimits.UnreadableListedPerHourMax && !listed.ContainsKey(customerId)) return false;
            listed[customerId] = now;
            return true;
        }
    }
}
