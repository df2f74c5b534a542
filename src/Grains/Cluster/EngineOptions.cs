using System.Net;

namespace LStep.Grains.Cluster;

/// <summary>What Orleans is started with.</summary>
public sealed record EngineOptions
{
    /// <summary>Orleans' own timeouts and probes follow it, also where the product lives on a simulated clock.</summary>
    public required TimeProvider WallClock { get; init; }

    /// <summary>An Npgsql connection string: membership, reminders and small states are kept there.</summary>
    public required string Postgres { get; init; }

    /// <summary>Where other silos reach this one.</summary>
    public required IPEndPoint Silo { get; init; }
}
