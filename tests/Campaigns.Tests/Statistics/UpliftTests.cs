using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Reports;

namespace LStep.Campaigns.Tests.Statistics;

/// <summary>Figures of experiments, against thousands of experiments whose truth is known.</summary>
public sealed class UpliftTests
{
    private const int Experiments = 1_000;
    private const int Looks = 40;

    /// <summary>Share of the arm, of the holdout, and people of a batch in each: no effect, small ones, skewed rates and arms.</summary>
    public static TheoryData<double, double, int, int> Truths => new()
    {
        { 0.20, 0.20, 50, 50 }, { 0.05, 0.05, 90, 10 }, { 0.30, 0.20, 45, 5 }, { 0.02, 0.02, 200, 200 }, { 0.50, 0.50, 25, 25 },
        { 0.97, 0.95, 60, 60 }, { 0.10, 0.04, 100, 12 },
    };

    [Theory]
    [MemberData(nameof(Truths))]
    public void Whoever_looks_after_every_batch_is_misled_in_fewer_than_six_of_a_hundred_experiments(
        double arm, double holdout, int people, int heldOut)
    {
        var right = Count(arm, holdout, people, heldOut, (a, h) => Uplift.Against(h, a)?.Interval);
        Assert.True(right >= Experiments * 0.94, $"{right} of {Experiments} experiments");
    }

    /// <summary>What the correction is for: the usual interval, looked at as often.</summary>
    [Fact]
    public void An_interval_for_one_look_would_mislead_far_more_often()
    {
        var right = Count(0.2, 0.2, 50, 50, (a, h) =>
        {
            var width = 1.96 * Math.Sqrt((a.Rate * (1 - a.Rate) / a.People) + (h.Rate * (1 - h.Rate) / h.People));
            return Uplift.IsLargeEnough(a) && Uplift.IsLargeEnough(h)
                ? new Interval(a.Rate - h.Rate - width, a.Rate - h.Rate + width) : null;
        });
        Assert.True(right < Experiments * 0.85, $"{right} of {Experiments} experiments");
    }

    /// <summary>Exactly, over all that can come out; a count has steps, which take some of it. Above a half it is the same.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(400)]
    public void The_interval_of_one_rate_holds_with_the_probability_it_names(int people)
    {
        for (var rate = 0.05; rate <= 0.5; rate += 0.01)
        {
            var (holds, likely) = (0.0, Math.Pow(1 - rate, people));
            for (var conversions = 0; conversions <= people; conversions++)
            {
                if (CampaignReports.RateOf(new ArmCounts(people, conversions))!.Value.Contains(rate)) holds += likely;
                likely *= (double)(people - conversions) / (conversions + 1) * rate / (1 - rate);
            }
            Assert.True(holds is > 0.92 and < 0.98, $"{rate}: {holds}");
        }
    }

    [Fact]
    public void A_real_effect_is_found_in_the_end_and_with_its_sign()
    {
        var (chance, found) = (new Random(11), 0);
        for (var i = 0; i < 200; i++)
        {
            var (arm, holdout) = (Drawn(chance, 0.30, 4_000), Drawn(chance, 0.20, 1_000));
            if (Uplift.Against(holdout, arm) is { IsCertain: true, Interval.Low: > 0 }) found++;
        }
        Assert.True(found >= 190, $"{found} of 200");
    }

    [Theory]
    [InlineData(99, 50, 1000, 500)]
    [InlineData(1000, 4, 1000, 500)]
    [InlineData(1000, 996, 1000, 500)]
    [InlineData(1000, 500, 99, 50)]
    [InlineData(1000, 500, 1000, 4)]
    [InlineData(0, 0, 0, 0)]
    public void A_sample_that_is_too_small_has_no_figure(int people, int conversions, int heldOut, int converted) =>
        Assert.Null(Uplift.Against(new ArmCounts(heldOut, converted), new ArmCounts(people, conversions)));

    [Fact]
    public void More_people_of_the_same_rates_never_make_an_interval_wider_and_it_always_holds_the_estimate()
    {
        var chance = new Random(3);
        for (var i = 0; i < Experiments; i++)
        {
            var (arm, holdout) = (Large(chance), Large(chance));
            var (one, twice) = (Uplift.Against(holdout, arm)!.Value, Uplift.Against(Times(holdout, 2), Times(arm, 2))!.Value);
            Assert.True(one.Interval.Contains(one.Estimate));
            Assert.Equal(one.Estimate, twice.Estimate, 12);
            Assert.True(Width(twice.Interval) <= Width(one.Interval));
            Assert.True(Width(Uplift.Against(holdout, arm, 3)!.Value.Interval) >= Width(one.Interval));
            var turned = Uplift.Against(arm, holdout)!.Value;
            Assert.Equal(one.Interval.Low, -turned.Interval.High, 12);
        }
    }

    [Fact]
    public void One_conversion_more_moves_the_estimate_and_both_ends_up()
    {
        var chance = new Random(5);
        for (var i = 0; i < Experiments; i++)
        {
            var (arm, holdout) = (Large(chance), Large(chance));
            if (arm.Conversions + 1 > arm.People - Uplift.OfEachKindPerArmMin) continue;
            var further = arm with { Conversions = arm.Conversions + 1 };
            var (less, more) = (Uplift.Against(holdout, arm)!.Value, Uplift.Against(holdout, further)!.Value);
            Assert.True(more.Estimate > less.Estimate);
            Assert.True(more.Interval.Low >= less.Interval.Low && more.Interval.High >= less.Interval.High);
            var (a, b) = (CampaignReports.RateOf(arm)!.Value, CampaignReports.RateOf(further)!.Value);
            Assert.True(b.Low > a.Low && b.High >= a.High);
        }
    }

    /// <summary>How many experiments there are in which the interval holds the truth at every look that has one.</summary>
    private static int Count(
        double arm, double holdout, int people, int heldOut, Func<ArmCounts, ArmCounts, Interval?> interval)
    {
        var (chance, right) = (new Random(2026), 0);
        for (var i = 0; i < Experiments; i++)
        {
            var (a, h, misled) = (default(ArmCounts), default(ArmCounts), false);
            for (var look = 0; look < Looks; look++)
            {
                (a, h) = (a + Drawn(chance, arm, people), h + Drawn(chance, holdout, heldOut));
                misled |= interval(a, h)?.Contains(arm - holdout) == false;
            }
            if (!misled) right++;
        }
        return right;
    }

    private static ArmCounts Drawn(Random chance, double rate, int people)
    {
        var conversions = 0;
        for (var i = 0; i < people; i++)
            if (chance.NextDouble() < rate) conversions++;
        return new ArmCounts(people, conversions);
    }

    private static ArmCounts Large(Random chance)
    {
        var people = chance.Next(100, 20_000);
        return new ArmCounts(people, chance.Next((int)Uplift.OfEachKindPerArmMin, people - (int)Uplift.OfEachKindPerArmMin));
    }

    private static ArmCounts Times(ArmCounts arm, int times) => new(arm.People * times, arm.Conversions * times);

    private static double Width(Interval interval) => interval.High - interval.Low;
}
