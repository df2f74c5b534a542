using LStep.Grains.Operations;

namespace LStep.System.Tests.Operations;

public sealed class ThroughputTests
{
    private long now;
    private readonly Throughput throughput;

    public ThroughputTests() => throughput = new Throughput(() => now);

    [Fact]
    public void A_minute_counts_what_came_in_its_sixty_seconds_and_in_no_other()
    {
        throughput.Answered(accepted: 3, duplicates: 2, rejected: 1);
        now = 59_999;
        throughput.Answered(accepted: 4, duplicates: 0, rejected: 0);
        throughput.Refused();

        Assert.Equal((7, 2, 1, 1), Last(0));
        now = 60_000;
        Assert.Equal((4, 0, 0, 1), Last(0));
        Assert.Equal((3, 2, 1, 0), Last(1));
        now = 120_000;
        Assert.Equal((0, 0, 0, 0), Last(0));
    }

    [Fact]
    public void What_is_older_than_an_hour_is_forgotten_also_when_nothing_came_since()
    {
        throughput.Answered(5, 0, 0);
        now = 3_599_999;
        Assert.Equal(5, Last(59).Accepted);
        now = 3_600_000;
        Assert.Equal(0, throughput.Minutes().Accepted.Sum());

        throughput.Answered(2, 0, 0);
        Assert.Equal(2, throughput.Minutes().Accepted.Sum());
    }

    [Fact]
    public void Of_several_looks_at_the_queues_the_worst_is_kept()
    {
        throughput.Looked(fullestPercent: 20, feedSeconds: 0);
        throughput.Looked(fullestPercent: 70, feedSeconds: 3);
        now = 5_000;
        throughput.Looked(fullestPercent: 10, feedSeconds: 1);

        var minutes = throughput.Minutes();
        Assert.Equal((70, 3), (minutes.Fullest[^1], minutes.Feed[^1]));
    }

    private (int Accepted, int Duplicates, int Rejected, int Refused) Last(int minutesAgo)
    {
        var minutes = throughput.Minutes();
        var at = minutes.Accepted.Length - 1 - minutesAgo;
        return (minutes.Accepted[at], minutes.Duplicates[at], minutes.Rejected[at], minutes.Refused[at]);
    }
}
