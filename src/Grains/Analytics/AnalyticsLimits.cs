namespace LStep.Grains.Analytics;

/// <summary>Bounds of keeping figures; the unit is in the name.</summary>
public static class AnalyticsLimits
{
    /// <summary>Counted in one transaction, with the whole chains of those they belong to.</summary>
    public const int LedgerRowsPerPageMax = 2_000;

    /// <summary>Computed afresh in one transaction for each other reason.</summary>
    public const int CustomersPerPageMax = 1_000;

    /// <summary>A reader waits so long for the figures to follow; past it they say how far they are.</summary>
    public const int FollowMsMax = 2_000;

    /// <summary>Until somebody who waits for another process to count looks again.</summary>
    public const int LookAgainMs = 10;

    public const int CustomersPerCheckedPageMax = 1_000;
}
