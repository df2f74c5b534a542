namespace LStep.Grains.Database.Postgres;

public sealed record PrivatePostgresOptions
{
    /// <summary>Made when missing.</summary>
    public string Database { get; init; } = "lstep";

    /// <summary>False only for databases that nobody misses, as in tests: a crash of the machine may lose them.</summary>
    public bool Durable { get; init; } = true;

    public int ConnectionsMax { get; init; } = 200;

    public int StartSecondsMax { get; init; } = 60;
}
