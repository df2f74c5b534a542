using LStep.Grains.Campaigns.Channels;

namespace LStep.Campaigns.Tests.Channels;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 7.5, 15)]
    [InlineData(2, 30, 60)]
    [InlineData(3, 120, 240)]
    [InlineData(4, 480, 960)]
    [InlineData(5, 1_800, 3_600)]
    [InlineData(7, 1_800, 3_600)]
    public void Waits_grow_to_an_hour_and_half_of_each_is_drawn_by_lot(int tries, double least, double most)
    {
        Assert.Equal(least, Backoff.Wait(tries, TimeSpan.Zero, null, 0)!.Value.TotalSeconds);
        Assert.Equal(most, Backoff.Wait(tries, TimeSpan.Zero, null, 1)!.Value.TotalSeconds);
    }

    [Fact]
    public void A_receivers_own_wait_is_kept_also_past_an_hour_and_never_shortens_ours()
    {
        Assert.Equal(TimeSpan.FromHours(3), Backoff.Wait(1, TimeSpan.Zero, TimeSpan.FromHours(3), 0.5));
        Assert.Equal(15, Backoff.Wait(1, TimeSpan.Zero, TimeSpan.FromSeconds(1), 1)!.Value.TotalSeconds);
    }

    [Fact]
    public void After_eight_tries_or_a_day_it_is_given_up()
    {
        Assert.NotNull(Backoff.Wait(7, TimeSpan.FromHours(22), null, 1));
        Assert.Null(Backoff.Wait(8, TimeSpan.Zero, null, 0));
        Assert.Null(Backoff.Wait(7, TimeSpan.FromHours(23.5), null, 1));
        Assert.Null(Backoff.Wait(1, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24), 0));
    }
}
