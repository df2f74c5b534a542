namespace LStep.Workbench.Faults;

public sealed record FaultOptions
{
    /// <summary>Made empty at the start; nothing of it stays.</summary>
    public required string Folder { get; init; }

    public required ulong Seed { get; init; }
    public int Silos { get; init; } = 3;

    /// <summary>No fault begins after it.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>No more faults than these.</summary>
    public int FaultsMax { get; init; } = int.MaxValue;

    public int Customers { get; init; } = 4_000;
    public int ActivitiesPerSecond { get; init; } = 400;
    public FaultPace Pace { get; init; } = new();
}
