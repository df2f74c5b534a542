namespace LStep.Api.Ingest;

/// <summary>Bounds of the ingest; tests set smaller ones about the ingest.</summary>
public sealed record IngestOptions
{
    /// <summary>A key may bring this many events a second over time, and twice as many at once.</summary>
    public int EventsPerSecondPerKey { get; init; } = 100_000;

    /// <summary>
    /// Bodies that are being read or recorded take this much memory at most; over it the answer is 503. Counted is what has arrived.
    /// </summary>
    public long BodyBytesInFlightMax { get; init; } = 96L * 1024 * 1024;

    /// <summary>Events that were read and are not yet in the log; over it the answer is 503. About 1 KB of memory each.</summary>
    public int EventsInFlightMax { get; init; } = 200_000;

    /// <summary>Requests that are being read or recorded; over it the answer is 503.</summary>
    public int RequestsInFlightMax { get; init; } = 8_000;

    /// <summary>What one key may have of each of these; the rest is left to the others.</summary>
    public int PercentPerKeyMax { get; init; } = 75;

    /// <summary>Within so long a body has to be there as a whole; after it the answer is 408.</summary>
    public int BodySecondsMax { get; init; } = 60;

    /// <summary>The same for bodies of requests whose headers have no good key: it may be in the body, or there is none.</summary>
    public int StrangerBodySecondsMax { get; init; } = 20;

    /// <summary>Such requests that are being read. They have places of their own, and never those of who shows a key first.</summary>
    public int StrangerRequestsMax { get; init; } = 512;

    /// <summary>Of them those that come from one address, unless many share it.</summary>
    public int StrangerRequestsPerAddressMax { get; init; } = 64;

    /// <summary>The memory of their bodies together.</summary>
    public long StrangerBodyBytesMax { get; init; } = 32L * 1024 * 1024;

    /// <summary>Refused events of one key that are kept of one day; more are counted only.</summary>
    public long RejectedBytesPerKeyAndDayMax { get; init; } = 16L * 1024 * 1024;

    /// <summary>Events of people not yet known that one key may have kept of one day; more are refused.</summary>
    public long AnonymousBytesPerKeyAndDayMax { get; init; } = 256L * 1024 * 1024;

    /// <summary>The process lives on a simulated clock: times are taken as they are, and none may lie ahead.</summary>
    public bool SimulatedClock { get; init; }
}
