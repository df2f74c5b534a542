namespace LStep.Grains.Time;

/// <summary>Bounds of what is done of the work that is due at once; the unit is in the name.</summary>
public static class TimeLimits
{
    public const int CustomersPerDuePageMax = 5_000;

    /// <summary>Packed, as they come from the tables; a page ends with the customer that passes it.</summary>
    public const long BytesPerPageMax = 8L * 1024 * 1024;
    public const int CustomersPerBatchPageMax = 4_000;

    /// <summary>That a batch over a list may name.</summary>
    public const int CustomersPerListMax = 10_000;
    public const int BatchErrorsDaysKept = 30;
    public const int CustomersPerRebuiltPageMax = 200;
    public const int ActivitiesPerDailyPortionMax = 400_000;
    public const int CustomersPerDailyChunkMax = 1_000;
}
