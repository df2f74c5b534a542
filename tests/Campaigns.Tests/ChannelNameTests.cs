using LStep.Domain.Campaigning;
using Names = LStep.Domain.Campaigning.Channels;

namespace LStep.Campaigns.Tests;

public sealed class ChannelNameTests
{
    [Fact]
    public void Every_channel_has_a_name_of_its_own_and_is_found_by_it() =>
        Assert.All(Names.All, channel => Assert.Equal(channel, Names.Named(channel.Name())));
}
