namespace LStep.Workbench.Faults;

/// <summary>No fault begins after <see cref="LoadOptions.Time"/>.</summary>
public sealed record FaultOptions : LoadOptions
{
    /// <summary>No more faults than these.</summary>
    public int FaultsMax { get; init; } = int.MaxValue;

    public FaultPace Pace { get; init; } = new();
}
