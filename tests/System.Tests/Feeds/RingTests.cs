using LStep.Grains.Feeds;

namespace LStep.System.Tests.Feeds;

public sealed class RingTests
{
    private readonly Ring<long> ring = new(4, 10, number => number);

    [Fact]
    public void Before_anything_came_everybody_at_its_start_is_up_to_date()
    {
        Assert.Equal([], Read(10));
        Assert.Null(Read(9));
    }

    [Fact]
    public void Everybody_reads_on_from_the_number_seen_last_holes_or_not()
    {
        ring.Append([12, 15, 16]);
        Assert.Equal([12, 15, 16], Read(10));
        Assert.Equal([15, 16], Read(13));
        Assert.Equal([], Read(16));
        Assert.Equal(16, ring.End);
    }

    [Fact]
    public void Who_falls_off_the_end_is_told_and_who_is_just_on_it_is_not()
    {
        ring.Append([11, 12, 13, 14, 15, 16]);
        Assert.Null(Read(11));
        Assert.Equal([13, 14, 15, 16], Read(12));
    }

    [Fact]
    public void A_page_has_a_bound()
    {
        ring.Append([11, 12, 13]);
        var page = new List<long>();
        Assert.True(ring.TryRead(10, page, 2));
        Assert.Equal([11, 12], page);
    }

    private List<long>? Read(long after)
    {
        var page = new List<long>();
        return ring.TryRead(after, page, 100) ? page : null;
    }
}
