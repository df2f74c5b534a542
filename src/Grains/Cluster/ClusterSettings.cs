using System.Net;
using Orleans.Hosting;

namespace LStep.Grains.Cluster;

/// <summary>What Orleans is started with.</summary>
public sealed record ClusterSettings
{
    /// <summary>The certificates this silo presents and accepts; without them silos connect without TLS.</summary>
    public SiloCertificates? Certificates { get; init; }

    /// <summary>Somebody said that only silos reach the silo port: it may be open to other machines without certificates.</summary>
    public bool Insecure { get; init; }

    /// <summary>Orleans' own timeouts and probes follow it, also where the product lives on a simulated clock.</summary>
    public required TimeProvider WallClock { get; init; }

    /// <summary>An Npgsql connection string: membership and reminders are kept there.</summary>
    public required string Postgres { get; init; }

    /// <summary>Where other silos reach this one.</summary>
    public required IPEndPoint Silo { get; init; }

    /// <summary>Held for this silo. Who has it alone is a cluster of its own, in memory, and has no reminders.</summary>
    public required DatabaseClaim Claim { get; init; }

    /// <summary>Ends the process after what a silo does not go on after; without one only the silo stops.</summary>
    public Action? EndProcess { get; init; }
}
