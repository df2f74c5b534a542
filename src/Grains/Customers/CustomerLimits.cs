namespace LStep.Grains.Customers;

/// <summary>Bounds of what is read of customers at once; the unit is in the name.</summary>
public static class CustomerLimits
{
    /// <summary>
    /// Customers in the memory of one process: as many as have room in a tenth of it. Past that the least recently used leave; past 80%
    /// of the whole memory, in which heavier ones may be, Orleans lets more of them go.
    /// </summary>
    public static int ResidentMax { get; } = (int)Math.Clamp(
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 10 / BytesPerResident, ResidentMaxAtLeast, ResidentMaxAtMost);

    /// <summary>As ./lstep bench memory measures it.</summary>
    private const int BytesPerResident = 6_000;
    private const int ResidentMaxAtLeast = 10_000;
    private const int ResidentMaxAtMost = 500_000;

    public const int LoadsQueuedMax = 50_000;
    public const int LoadsPerQueryMax = 500;
    public const int LoadersMax = 2;

    /// <summary>Packed, as the tables hold it. A heavier one is as good as unreadable: none of it is read.</summary>
    public const long BytesPerCustomerMax = 4L * 1024 * 1024;

    /// <summary>
    /// Of customers that are read at once for their grains, and of a page of a list; it ends with the customer that passes it.
    /// </summary>
    public const long BytesPerLoadMax = 16L * 1024 * 1024;
    public const long BytesPerListPageMax = 4L * 1024 * 1024;

    /// <summary>How often a page of a list is filled up whose customers changed since their figures were made.</summary>
    public const int LooksPerListPageMax = 4;

    /// <summary>Looked at together, also for a page of fewer.</summary>
    public const int CustomersPerLookMin = 50;

    /// <summary>A list says how many customers it has up to this; of more, that there are more.</summary>
    public const int CustomersCountedMax = 10_000;
    public const int NamesPerRequestMax = 500;
    public const int UnreadableListedPerHourMax = 1_000;
    public const int CustomersPerRecountPageMax = 200;
    public const int RecountAttemptsMax = 20;
    public const int CustomersBetweenRecountLines = 10_000;
}
