using System.Net;

namespace LStep.Grains;

/// <summary>What Orleans is started with.</summary>
public sealed record EngineOptions
{
    /// <summary>What this silo shows to the others and whom it believes; without them silos speak plain text.</summary>
    public SiloCertificates? Certificates { get; init; }

    /// <summary>Somebody said that only silos reach the silo port: it may be open to other machines without certificates.</summary>
    public bool Insecure { get; init; }

    /// <summary>Orleans' own timeouts and probes follow it, also where the product lives on a simulated clock.</summary>
    public required TimeProvider WallClock { get; init; }

    /// <summary>An Npgsql connection string: membership, reminders and small states are kept there.</summary>
    public required string Postgres { get; init; }

    /// <summary>Where other silos reach this one.</summary>
    public required IPEndPoint Silo { get; init; }
}
