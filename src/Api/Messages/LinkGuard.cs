using System.Net;
using LStep.Api.Http;
using LStep.Api.Ingest;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Messages;

/// <summary>
/// Bounds what anybody without a key can cause by links of messages: an address that brings tokens which are none is told to wait, and of
/// one message only so many requests are looked at, whoever sends them.
/// </summary>
public sealed class LinkGuard(ConnectionLimits connections, TimeProvider clock)
{
    public const int BadTokensAtOnceMax = 60;
    public const int OfOneMessageAtOnceMax = 30;
    public const int KeysMax = 20_000;

    /// <summary>Requests by links that are being recorded.</summary>
    public const int HitsAtOnceMax = 512;

    private readonly TokenBuckets<IPAddress> addresses = new(BadTokensAtOnceMax, 1, KeysMax, clock);
    private readonly TokenBuckets<long> messages = new(OfOneMessageAtOnceMax, 0.5, KeysMax, clock);

    public InFlight Hits { get; } = new(HitsAtOnceMax, "requests by links of messages");

    /// <summary>A token was none. Seconds to wait, at least 1; null where it may be told. Behind a shared address all are let in.</summary>
    public int? Bad(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote && !connections.IsShared(remote) ? addresses.Take(Networks.Of(remote)) : null;

    /// <summary>Seconds to wait, at least 1; null where it may be looked at.</summary>
    public int? Good(long actionId) => messages.Take(actionId);
}
