using System.Collections.Immutable;
using System.Net;

namespace LStep.Api.Http;

/// <summary>Where the installation is reached from outside.</summary>
public sealed record AddressOptions
{
    /// <summary>Where browsers and links in messages are sent; without it only what a connection itself shows.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Peers whose X-Forwarded-Proto and X-Forwarded-For are trusted; loopback always is.</summary>
    public ImmutableArray<IPNetwork> TrustedProxies { get; init; } = [];

    public bool Trusts(IPAddress? peer) => peer is not null && (peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer) is var address
        && (IPAddress.IsLoopback(address) || TrustedProxies.Any(network => network.Contains(address)));
}
