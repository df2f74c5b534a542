namespace LStep.Grains.Operations;

/// <summary>Bounds of what operators may ask for at once; the unit is in the name.</summary>
public static class OperationsLimits
{
    public const int CustomersPerVerifiedPageMax = 500;

    /// <summary>Of its own load that a process remembers.</summary>
    public const int MinutesKept = 60;

    /// <summary>More that wait are not counted.</summary>
    public const int WaitingMax = 100_000;
}
