namespace LStep.Api.Ingest;

/// <summary>Bounds of the ingest; tests set smaller ones about the ingest.</summary>
public sealed record IngestOptions
{
    /// <summary>A key may bring this many events a second over time, and twice as many at once.</summary>
    public int EventsPerSecondPerKey { get; init; } = 100_000;

    /// <summary>Bodies that are being read or recorded take this much memory at most; over it the answer is 503.</summary>
    public long BodyBytesInFlightMax { get; init; } = 96L * 1024 * 1024;

    /// <summary>Events that were read and are not yet in the log; over it the answer is 503. About 1 KB of memory each.</summary>
    public int EventsInFlightMax { get; init; } = 200_000;

    /// <summary>Requests that are being read or recorded; over it the answer is 503.</summary>
    public int RequestsInFlightMax { get; init; } = 8_000;

    /// <summary>The process lives on a simulated clock: times are taken as they are, and none may lie ahead.</summary>
    public bool SimulatedClock { get; init; }
}
