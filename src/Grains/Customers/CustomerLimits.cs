namespace LStep.Grains.Customers;

/// <summary>Bounds of what is read of customers at once; the unit is in the name.</summary>
public static class CustomerLimits
{
    public const int LoadsQueuedMax = 50_000;
    public const int LoadsPerQueryMax = 500;
    public const int LoadersMax = 2;
    public const int CustomersScannedPerPageMax = 8_000;
    public const int UnreadableListedPerHourMax = 1_000;
    public const int CustomersPerRecountPageMax = 200;
    public const int CustomersBetweenRecountLines = 10_000;
}
