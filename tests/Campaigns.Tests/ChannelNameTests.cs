using LStep.Domain.Campaigning;

namespace LStep.Campaigns.Tests;

public sealed class ChannelNameTests
{
    [Fact]
    public void Every_channel_has_a_name_of_its_own_and_is_found_by_it() =>
        Assert.All(Channels.All, channel => Assert.Equal(channel, Channels.Named(channel.Name())));
}
