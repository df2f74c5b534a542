using LStep.Grains.Events;

namespace LStep.System.Tests.Events;

public class EventCountTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Names_beyond_the_bound_are_counted_together()
    {
        var counts = new EventCounts();
        for (var n = 0; n < EventLimits.NamesCountedMax + 10; n++)
            for (var time = 0; time < 2; time++)
                counts.Add($"name{n}", $"Name {n}", At.AddSeconds(n));
        var taken = counts.Take();
        Assert.Equal(EventLimits.NamesCountedMax + 1, taken.Length);
        Assert.All(taken, one => Assert.Equal(one.Key == EventCounts.Others ? 20 : 2, one.Count));
        Assert.Empty(counts.Take());
    }

    [Fact]
    public void What_could_not_be_written_is_added_to_what_came_meanwhile()
    {
        var counts = new EventCounts();
        counts.Add("a", "A", At);
        var taken = counts.Take();
        counts.Add("a", "a", At.AddMinutes(1));
        counts.GiveBack(taken);
        var one = Assert.Single(counts.Take());
        Assert.Equal((2, At, At.AddMinutes(1)), (one.Count, one.FirstSeenAt, one.LastSeenAt));
    }

    [Fact]
    public void Nothing_is_lost_between_those_who_count_and_those_who_write()
    {
        var counts = new EventCounts();
        var written = 0L;
        Parallel.For(0, 4, writer =>
        {
            for (var n = 0; n < 20_000; n++)
                if (n % 100 == 0) Interlocked.Add(ref written, counts.Take().Sum(one => one.Count));
                else counts.Add($"k{n % 7}", "K", At);
        });
        Assert.Equal(4 * 19_800, written + counts.Take().Sum(one => one.Count));
    }
}
