using FsCheck.Fluent;
using LStep.Domain.Campaigning;
using LStep.Domain.Valuing;

namespace LStep.Domain.Tests.Valuing;

public sealed class PaymentEffectTests
{
    [Fact]
    public void Too_small_a_side_and_sides_without_difference_have_no_figure()
    {
        var large = Arm(200, i => i % 3 * 49);
        Assert.Null(PaymentEffect.Against(Arm(99, i => i), large));
        Assert.Null(PaymentEffect.Against(large, Arm(200, _ => 49)));
        Assert.NotNull(PaymentEffect.Against(large, large));
    }

    /// <summary>Worked by hand: means 49 and 98, both of variance 49²·2/3·n/(n−1).</summary>
    [Fact]
    public void The_interval_is_that_of_the_formula()
    {
        var (holdout, arm) = (Arm(300, i => i % 3 * 49), Arm(3_000, i => 49 + (i % 3 * 49)));
        var figure = PaymentEffect.Against(holdout, arm)!.Value;
        Assert.Equal(49, figure.PerStart, 1e-9);

        var (a, b) = (49.0 * 49 * 2 / 3 * 300 / 299 / 300, 49.0 * 49 * 2 / 3 * 3_000 / 2_999 / 3_000);
        var degrees = (a + b) * (a + b) / ((a * a / 299) + (b * b / 2_999));
        Assert.InRange(degrees, 360, 380);
        // Student's 97.5% quantile at 370 degrees of freedom is 1.96639.
        var v = (a + b) * Math.Pow(1.96639 / 1.959964, 2);
        var tau = 0.0625 * 49 * 49 * 2 / 3 * 1.002;
        var width = Math.Sqrt(v * (v + tau) / tau * ((2 * Math.Log(20)) + Math.Log((v + tau) / v)));
        Assert.Equal(width, (figure.Interval.High - figure.Interval.Low) / 2, 0.02);
    }

    [Fact]
    public void A_planted_effect_lies_in_its_interval_at_every_look_and_none_is_claimed_where_there_is_none()
    {
        var (missed, claimed, found) = (0, 0, 0);
        const int Seeds = 100;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var random = new Chance((ulong)seed);
            var (holdout, same, lifted) = (default(PaidArm), default(PaidArm), default(PaidArm));
            var (isMissed, isClaimed) = (false, false);
            for (var start = 1; start <= 3_000; start++)
            {
                var paid = random.Share() < 0.4 ? 0 : random.Share() < 0.9 ? 49 : 490;
                if (start % 10 == 0) holdout = holdout.With(paid);
                else same = same.With(paid);
                if (start % 10 != 0) lifted = lifted.With(paid + (random.Share() < 0.5 ? 98 : 0));
                if (start % 150 != 0) continue;
                isMissed |= PaymentEffect.Against(holdout, lifted) is { } one && !one.Interval.Contains(49);
                isClaimed |= PaymentEffect.Against(holdout, same) is { IsCertain: true };
            }
            if (isMissed) missed++;
            if (isClaimed) claimed++;
            if (PaymentEffect.Against(holdout, lifted) is { IsCertain: true, PerStart: > 0 }) found++;
        }
        Assert.True(missed <= 5, $"missed in {missed} of {Seeds}");
        Assert.True(claimed <= 5, $"claimed in {claimed} of {Seeds}");
        Assert.True(found >= 95, $"found in {found} of {Seeds}");
    }

    [Fact]
    public void Sums_of_sides_are_the_sides_together() => Seeded.Holds(
        Gen.ListOf(Gen.Choose(0, 500)), amounts =>
        {
            var whole = Arm(amounts.Count, i => amounts[i]);
            var split = Arm(amounts.Count / 2, i => amounts[i])
                + Arm(amounts.Count - (amounts.Count / 2), i => amounts[(amounts.Count / 2) + i]);
            Assert.Equal(whole, split);
            if (amounts.Count < 2) return;
            var mean = amounts.Average();
            Assert.Equal(amounts.Sum(one => (one - mean) * (one - mean)) / (amounts.Count - 1), whole.Variance, 1e-6 * (1 + whole.Squares));
        });

    [Fact]
    public void What_a_campaign_returns_is_what_it_gains_less_its_cost()
    {
        var brought = CampaignReturn.Of(new EffectFigure(4, new Interval(1, 7)), 200, 400);
        Assert.Equal((800, 400, 1.0), (brought.Gained, brought.Net, brought.Share));
        Assert.Equal(new Interval(-0.5, 2.5), brought.ShareInterval);
        Assert.Null(CampaignReturn.Of(new EffectFigure(4, new Interval(1, 7)), 200, 0).Share);
    }

    static PaidArm Arm(int starts, Func<int, double> paid)
    {
        var arm = default(PaidArm);
        for (var i = 0; i < starts; i++) arm = arm.With(paid(i));
        return arm;
    }

    sealed class Chance(ulong seed)
    {
        // Not a multiple of the step: each seed would be the same stream, a place later.
        ulong state = seed * 0xD1B54A32D192ED03UL;

        public double Share()
        {
            var z = state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
