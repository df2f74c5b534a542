using System.Net;

namespace LStep.Grains;

/// <summary>What an engine is started with.</summary>
public sealed record EngineOptions
{
    /// <summary>The engine's own timeouts, probes and idleness follow it, also where the product lives on a simulated clock.</summary>
    public required TimeProvider WallClock { get; init; }

    /// <summary>An Npgsql connection string; the cluster engine keeps its membership, reminders and small states there.</summary>
    public required string Postgres { get; init; }

    /// <summary>Where other silos reach this one. The embedded engine listens nowhere.</summary>
    public required IPEndPoint Silo { get; init; }
}
