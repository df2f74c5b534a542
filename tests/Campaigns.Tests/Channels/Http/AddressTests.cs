using System.Net;
using LStep.Grains.Campaigns.Channels.Http;

namespace LStep.Campaigns.Tests.Channels.Http;

/// <summary>Which addresses a stranger's receiver may have.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    public void Public_ones_are_called(string address) => Assert.Equal(AddressKind.Public, Kind(address));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("2002:7f00:1::")]
    public void Private_ones_are_called_where_it_is_allowed(string address) => Assert.Equal(AddressKind.Private, Kind(address));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("198.18.0.1")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::127.0.0.1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("2001:db8::1")]
    [InlineData("2001::1")]
    [InlineData("100::1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:a9fe:a9fe::1")]
    public void Metadata_services_and_what_is_nobodys_are_never_called(string address) =>
        Assert.Equal(AddressKind.Forbidden, Kind(address));

    [Fact]
    public void What_may_be_called_depends_on_the_channel()
    {
        new GuardedConnect(Reach.AlsoPrivate).Check(IPAddress.Loopback);
        new GuardedConnect(Reach.PublicOverTls).Check(IPAddress.Parse("8.8.8.8"));
        Assert.Throws<UnansweredException>(() => new GuardedConnect(Reach.PublicOverTls).Check(IPAddress.Loopback));
        Assert.Throws<UnansweredException>(() => new GuardedConnect(Reach.AlsoPrivate).Check(IPAddress.Parse("169.254.169.254")));
    }

    private static AddressKind Kind(string address) => Addresses.KindOf(IPAddress.Parse(address));
}
