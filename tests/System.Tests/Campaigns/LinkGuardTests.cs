using System.Net;
using LStep.Api.Http;
using LStep.Api.Messages;
using Microsoft.AspNetCore.Http;

namespace LStep.System.Tests.Campaigns;

/// <summary>What anybody may cause by links, on a clock of the test's own.</summary>
public sealed class LinkGuardTests
{
    private readonly Ticks ticks = new();

    [Fact]
    public void An_address_that_tries_tokens_waits_and_the_others_do_not()
    {
        var guard = new LinkGuard(new ConnectionLimits { IsShared = address => address.Equals(IPAddress.Loopback) }, ticks);
        for (var i = 0; i < LinkGuard.BadTokensAtOnceMax; i++) Assert.Null(guard.Bad(From($"2001:db8::{i:x}")));
        Assert.Equal(1, guard.Bad(From("2001:db8::ffff")));
        Assert.Null(guard.Bad(From("2001:db8:0:1::1")));
        for (var i = 0; i < 1_000; i++) Assert.Null(guard.Bad(From("127.0.0.1")));
        ticks.Seconds += 1;
        Assert.Null(guard.Bad(From("2001:db8::1")));
        Assert.Equal(1, guard.Bad(From("2001:db8::1")));
    }

    [Fact]
    public void One_message_waits_and_the_others_do_not_however_many_there_are()
    {
        var guard = new LinkGuard(new ConnectionLimits(), ticks);
        for (var i = 0; i < LinkGuard.OfOneMessageAtOnceMax; i++) Assert.Null(guard.Good(7));
        Assert.Equal(2, guard.Good(7));
        for (var id = 0L; id < 3 * LinkGuard.KeysMax; id++)
            if (id != 7) Assert.Null(guard.Good(id));
        ticks.Seconds += 1_000;
        Assert.Null(guard.Good(7));
    }

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

    private sealed class Ticks : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
