namespace LStep.Grains.Time;

/// <summary>Bounds of what is done of the work that is due at once; the unit is in the name.</summary>
public static class TimeLimits
{
    public const int CustomersPerDuePageMax = 5_000;
    public const int CustomersPerBatchPageMax = 4_000;
    public const int ActivitiesPerDailyPortionMax = 200_000;
    public const int CustomersPerDailyChunkMax = 1_000;
}
