using System.Net;

namespace LStep.Api.Http;

/// <summary>Bounds of the HTTP server's connections; the unit is in the name. Tests set smaller ones.</summary>
public sealed record ConnectionLimits
{
    /// <summary>All of them together. Past it the oldest idle one is closed, those of strangers first.</summary>
    public int ConnectionsMax { get; init; } = 10_000;

    /// <summary>Connections that have carried no good key or session yet.</summary>
    public int StrangersMax { get; init; } = 2_500;

    /// <summary>Of them those of one address (of one /64 network with IPv6).</summary>
    public int StrangersPerAddressMax { get; init; } = 256;

    /// <summary>Without a whole request for so long, one that has carried no good key is closed.</summary>
    public int StrangerIdleSecondsMax { get; init; } = 20;

    /// <summary>Open streams of the hub that one token or session has.</summary>
    public int StreamsPerCallerMax { get; init; } = 500;

    /// <summary>Many callers come from such an address, as from a proxy's: its connections are not counted by address.</summary>
    public Func<IPAddress, bool> IsShared { get; init; } = IPAddress.IsLoopback;
}
