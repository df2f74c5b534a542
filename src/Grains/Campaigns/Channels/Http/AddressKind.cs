using System.Net;
using System.Net.Sockets;

namespace LStep.Grains.Campaigns.Channels.Http;

/// <summary>Whose machine an address names, as far as the address alone tells.</summary>
public enum AddressKind
{
    /// <summary>Of the public internet.</summary>
    Public,

    /// <summary>This machine, or the network it stands in.</summary>
    Private,

    /// <summary>Nobody's receiver: link-local with the clouds' metadata services, multicast, unassigned, documentation.</summary>
    Forbidden,
}

/// <summary>Sorts addresses by the registries of special-purpose addresses (RFC 6890 and its successors).</summary>
public static class Addresses
{
    // The first network that holds an address decides.
    private static readonly (IPNetwork Network, AddressKind Kind)[] FourKinds =
    [
        (IPNetwork.Parse("10.0.0.0/8"), AddressKind.Private),
        (IPNetwork.Parse("172.16.0.0/12"), AddressKind.Private),
        (IPNetwork.Parse("192.168.0.0/16"), AddressKind.Private),
        (IPNetwork.Parse("127.0.0.0/8"), AddressKind.Private),
        // A metadata service lies in the range that carriers and clusters share.
        (IPNetwork.Parse("100.100.100.200/32"), AddressKind.Forbidden),
        (IPNetwork.Parse("100.64.0.0/10"), AddressKind.Private),
        (IPNetwork.Parse("0.0.0.0/8"), AddressKind.Forbidden),
        (IPNetwork.Parse("169.254.0.0/16"), AddressKind.Forbidden),
        (IPNetwork.Parse("192.0.0.0/24"), AddressKind.Forbidden),
        (IPNetwork.Parse("192.0.2.0/24"), AddressKind.Forbidden),
        (IPNetwork.Parse("192.88.99.0/24"), AddressKind.Forbidden),
        (IPNetwork.Parse("198.18.0.0/15"), AddressKind.Forbidden),
        (IPNetwork.Parse("198.51.100.0/24"), AddressKind.Forbidden),
        (IPNetwork.Parse("203.0.113.0/24"), AddressKind.Forbidden),
        (IPNetwork.Parse("224.0.0.0/3"), AddressKind.Forbidden),
        // A cloud's own agent, though its address looks public.
        (IPNetwork.Parse("168.63.129.16/32"), AddressKind.Forbidden),
    ];

    private static readonly (IPNetwork Network, AddressKind Kind)[] SixKinds =
    [
        (IPNetwork.Parse("::1/128"), AddressKind.Private),
        (IPNetwork.Parse("fd00:ec2::/32"), AddressKind.Forbidden),
        (IPNetwork.Parse("fc00::/7"), AddressKind.Private),
        (IPNetwork.Parse("2001::/23"), AddressKind.Forbidden),
        (IPNetwork.Parse("2001:db8::/32"), AddressKind.Forbidden),
        (IPNetwork.Parse("3fff::/20"), AddressKind.Forbidden),
        (IPNetwork.Parse("2000::/3"), AddressKind.Public),
    ];

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96"), SixToFour = IPNetwork.Parse("2002::/16"),
        Compatible = IPNetwork.Parse("::/96");

    public static AddressKind KindOf(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            if (address.IsIPv4MappedToIPv6) return KindOf(address.MapToIPv4());
            var bytes = address.GetAddressBytes();
            // An IPv4 address within is where the packets go in the end.
            if (Translated.Contains(address)) return KindOf(new IPAddress(bytes.AsSpan(12, 4)));
            if (SixToFour.Contains(address)) return KindOf(new IPAddress(bytes.AsSpan(2, 4)));
            if (Compatible.Contains(address) && !address.Equals(IPAddress.IPv6Loopback)) return AddressKind.Forbidden;
            // A scope does not change whose an address is, and networks do not hold scoped ones.
            return In(SixKinds, new IPAddress(bytes)) ?? AddressKind.Forbidden;
        }
        return In(FourKinds, address) ?? AddressKind.Public;
    }

    private static AddressKind? In((IPNetwork Network, AddressKind Kind)[] kinds, IPAddress address)
    {
        foreach (var (network, kind) in kinds)
            if (network.Contains(address)) return kind;
        return null;
    }
}
