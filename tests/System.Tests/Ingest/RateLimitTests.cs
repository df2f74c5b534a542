using LStep.Api.Ingest;

namespace LStep.System.Tests.Ingest;

public class RateLimitTests
{
    [Fact]
    public void A_key_may_send_twice_its_rate_at_once_and_its_rate_over_time()
    {
        var clock = new Seconds();
        var limit = new RateLimit(100, clock);
        Assert.Null(limit.Take("a", 200));
        Assert.Equal(1, limit.Take("a", 1));
        clock.Now = 1;
        Assert.Null(limit.Take("a", 100));
        Assert.Equal(1, limit.Take("a", 1));
        Assert.Null(limit.Take("b", 1));
    }

    [Fact]
    public void A_batch_larger_than_the_bucket_is_let_in_and_paid_for_afterwards()
    {
        var clock = new Seconds();
        var limit = new RateLimit(100, clock);
        Assert.Null(limit.Take("a", 2_500));
        Assert.Equal(23, limit.Take("a", 1));
        clock.Now = 22;
        Assert.Equal(1, limit.Take("a", 1));
        clock.Now = 23.01;
        Assert.Null(limit.Take("a", 1));
    }

    private sealed class Seconds : TimeProvider
    {
        public double Now { get; set; }

        public override long GetTimestamp() => (long)(Now * TimestampFrequency);
    }
}
