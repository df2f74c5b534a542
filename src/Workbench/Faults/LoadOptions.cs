namespace LStep.Workbench.Faults;

/// <summary>Silos that share a database, and the load on them.</summary>
public record LoadOptions
{
    /// <summary>Made empty at the start; nothing of it stays.</summary>
    public required string Folder { get; init; }

    public required ulong Seed { get; init; }
    public int Silos { get; init; } = 3;
    public int Customers { get; init; } = 4_000;
    public int ActivitiesPerSecond { get; init; } = 400;

    /// <summary>About how long the load goes on: customers come in the course of it.</summary>
    public virtual TimeSpan Time { get; init; } = TimeSpan.FromMinutes(5);
}
