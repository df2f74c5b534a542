using LStep.Domain.Campaigning;
using MathNet.Numerics.Distributions;

namespace LStep.Campaigns.Tests.Statistics;

/// <summary>
/// Comparisons of equals, looked at twenty times: whatever is called certain is a false alarm. Of all that a report calls certain at any
/// look over all its variants together, 5% may be.
/// </summary>
public sealed class LooksTests
{
    private const int Experiments = 2_000, Looks = 20, PeoplePerLook = 100;

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.2, 1)]
    [InlineData(0.05, 1)]
    [InlineData(0.2, 4)]
    public void Twenty_looks_raise_a_false_alarm_in_at_most_five_of_a_hundred_comparisons(double rate, int variants) =>
        Assert.InRange(FalseAlarms(rate, variants, (holdout, arm) => Uplift.Against(holdout, arm, variants)?.IsCertain == true), 0, 0.05);

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.2, 1)]
    [InlineData(0.05, 1)]
    [InlineData(0.2, 4)]
    public void An_interval_for_one_look_fails_the_same_test(double rate, int variants) =>
        Assert.InRange(FalseAlarms(rate, variants, IsCertainAtOneLook), 0.2, 1);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Twenty_looks_find_a_leader_among_equals_in_at_most_five_of_a_hundred_comparisons(int arms)
    {
        var (chance, found) = (new Random(7), 0);
        for (var i = 0; i < Experiments; i++)
        {
            var (counts, led) = (new ArmCounts[arms], false);
            for (var look = 0; look < Looks; look++)
            {
                for (var arm = 0; arm < arms; arm++) counts[arm] += Drawn(chance, 0.2);
                led |= Comparison.Leader(counts) is not null;
            }
            if (led) found++;
        }
        Assert.InRange((double)found / Experiments, 0, 0.05);
    }

    [Fact]
    public void A_leader_is_certainly_better_than_every_other_arm()
    {
        ArmCounts best = new(4_000, 1_200), good = new(4_000, 1_150), bad = new(4_000, 400);
        Assert.Equal(1, Comparison.Leader([bad, best, bad]));
        Assert.Null(Comparison.Leader([good, best, bad]));
        Assert.Null(Comparison.Leader([best]));
        Assert.Null(Comparison.Leader([]));
        Assert.Null(Comparison.Leader([new(50, 40), new(50, 1)]));
    }

    /// <summary>By the usual test of two rates, as the field has it.</summary>
    private static bool IsCertainAtOneLook(ArmCounts holdout, ArmCounts arm)
    {
        var deviation = Math.Sqrt((arm.Rate * (1 - arm.Rate) / arm.People) + (holdout.Rate * (1 - holdout.Rate) / holdout.People));
        return Uplift.IsLargeEnough(holdout) && Uplift.IsLargeEnough(arm)
            && Math.Abs(arm.Rate - holdout.Rate) > Normal.InvCDF(0, 1, 1 - (Uplift.Alpha / 2)) * deviation;
    }

    /// <summary>The share of comparisons in which any variant was called certain at any look.</summary>
    private static double FalseAlarms(double rate, int variants, Func<ArmCounts, ArmCounts, bool> isCertain)
    {
        var (chance, alarms) = (new Random(20), 0);
        for (var i = 0; i < Experiments; i++)
        {
            var (holdout, arms, alarmed) = (default(ArmCounts), new ArmCounts[variants], false);
            for (var look = 0; look < Looks && !alarmed; look++)
            {
                holdout += Drawn(chance, rate);
                for (var arm = 0; arm < variants; arm++) arms[arm] += Drawn(chance, rate);
                alarmed = arms.Any(arm => isCertain(holdout, arm));
            }
            if (alarmed) alarms++;
        }
        return (double)alarms / Experiments;
    }

    private static ArmCounts Drawn(Random chance, double rate) => new(PeoplePerLook, Binomial.Sample(chance, rate, PeoplePerLook));
}
