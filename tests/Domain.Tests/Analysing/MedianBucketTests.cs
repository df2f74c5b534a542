using FsCheck;
using FsCheck.Fluent;
using LStep.Domain.Analysing;

namespace LStep.Domain.Tests.Analysing;

public sealed class MedianBucketTests
{
    [Fact]
    public void A_value_is_in_one_bucket_which_ends_where_the_next_begins() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), IsInOne).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static void IsInOne(int value)
    {
        var lowest = MedianBucket.Of(value);
        var highest = MedianBucket.Highest(lowest);

        Assert.InRange(value, lowest, highest);
        Assert.Equal((lowest, lowest), (MedianBucket.Of(lowest), MedianBucket.Of(highest)));
        if (highest < int.MaxValue) Assert.Equal(highest + 1, MedianBucket.Of(highest + 1));
    }

    [Fact]
    public void Buckets_are_single_values_up_to_63_and_a_thirtysecond_of_the_power_of_two_above()
    {
        Assert.All(Enumerable.Range(0, 64), value => Assert.Equal((value, value), (MedianBucket.Of(value), MedianBucket.Highest(value))));
        Assert.Equal((64, 65), (MedianBucket.Of(65), MedianBucket.Highest(64)));
        Assert.Equal((14_336, 14_591), (MedianBucket.Of(14_400), MedianBucket.Highest(14_336)));
    }
}
