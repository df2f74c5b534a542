using LStep.Domain.Analysing;
using LStep.Domain.Measuring;

namespace LStep.Domain.Tests.Analysing;

/// <summary>KPIs out of counts by day.</summary>
public sealed class KpiFiguresTests
{
    private static readonly DateOnly First = new(2026, 1, 1);

    [Fact]
    public void Nothing_counted_is_no_value_and_divides_by_nothing()
    {
        var figures = Figures(new DayRange(First, First.AddDays(27)), First.AddDays(27), null, [], [], []);

        Assert.All(figures, one => Assert.Equal((null, null, null), (one.Value.Value, one.Previous, one.Baseline)));
        Assert.All(figures.SelectMany(one => one.Days), day => Assert.Null(day.Value));
        Assert.All(figures, one => Assert.Empty(one.Breakdown));
        Assert.Null(KpiTrends.Of(null, 1, KpiUnit.Percent));
        Assert.Null(KpiTrends.IsMet(null, 70, true));
    }

    [Fact]
    public void A_rate_of_those_who_stand_somewhere_is_that_of_the_last_day()
    {
        StandingOnDay[] standing =
        [
            new(First.AddDays(-1), "Pro", 10, 8, 0, 0), new(First.AddDays(2), "Pro", 0, -3, 1, 2), new(First.AddDays(9), "", 2, 2, 0, 0),
        ];
        var figures = Figures(new DayRange(First, First.AddDays(3)), First.AddDays(3), null, standing, [], []);

        var (rate, open) = (Of(figures, KpiKind.ActiveLearnerRate), Of(figures, KpiKind.ActiveLearnerRateOpen));
        Assert.Equal((50, 5, 10, 80), (rate.Value.Value, rate.Value.Part, rate.Value.Whole, rate.Days[1].Value));
        Assert.Equal((71.4, 7), (open.Value.Value, open.Value.Whole));
    }

    [Fact]
    public void Churn_is_told_per_28_days_of_those_who_had_not_churned_whatever_the_range()
    {
        StandingOnDay[] standing = [new(First.AddDays(-60), "Pro", 100, 100, 0, 0), new(First.AddDays(14), "Pro", 0, -10, 0, 10)];
        MovesOnDay[] moves = [new(First.AddDays(14), "Pro", 10, 0, 10, 0)];
        KpiFigure In(int days, DateOnly from) =>
            Of(Figures(new DayRange(from, from.AddDays(days - 1)), First.AddDays(200), null, standing, moves, []), KpiKind.ChurnRate);

        // 14 days of 100 and 14 of 90 are 95 times 28 days.
        Assert.Equal((10.5, 10, 95), (In(28, First).Value.Value, In(28, First).Value.Part, In(28, First).Value.Whole));
        Assert.Equal((44.4, 22.5), (In(7, First.AddDays(14)).Value.Value, In(7, First.AddDays(14)).Value.Whole));
        Assert.Equal([("Pro", First, 9.6)], In(28, First).Breakdown.Select(one => (one.Tier, one.Month, one.Value!.Value)));
    }

    [Fact]
    public void A_rate_over_less_than_one_customer_of_28_days_is_none_and_over_one_no_move_is_more_than_all()
    {
        StandingOnDay[] standing = [new(First, "Pro", 1, 1, 0, 0), new(First.AddDays(40), "Pro", 27, 27, 0, 0)];
        MovesOnDay[] moves = [new(First, "Pro", 1, 1, 0, 1), new(First.AddDays(40), "Pro", 1, 1, 1, 1)];
        foreach (var kind in new[] { KpiKind.ProgressionRate, KpiKind.ChurnRate })
        {
            KpiFigure In(DateOnly from, int days) =>
                Of(Figures(new DayRange(from, from.AddDays(days - 1)), First.AddDays(200), First, standing, moves, []), kind);
            var part = kind == KpiKind.ProgressionRate ? 1 : 0;

            var few = In(First, 27);
            Assert.Equal((null, part, 27 / 28.0), (few.Value.Value, few.Value.Part, few.Value.Whole));
            Assert.All(few.Days, day => Assert.Null(day.Value));
            Assert.Equal(100 * part, In(First, 28).Value.Value);
            Assert.Equal(100 * part, In(First, 28).Baseline);
            Assert.Equal(100, In(First.AddDays(40), 1).Value.Value);
            Assert.Equal(100, In(First.AddDays(40), 1).Days[0].Value);
        }
    }

    [Fact]
    public void A_baseline_is_of_the_first_28_days_once_what_happened_in_them_is_known()
    {
        Assert.Null(KpiFigures.BaselineRange(KpiKind.ChurnRate, null, First));
        Assert.Null(KpiFigures.BaselineRange(KpiKind.ChurnRate, First, First.AddDays(27)));
        Assert.Equal(new DayRange(First, First.AddDays(27)), KpiFigures.BaselineRange(KpiKind.ChurnRate, First, First.AddDays(28)));
        Assert.Null(KpiFigures.BaselineRange(KpiKind.RecoveryRate, First, First.AddDays(57)));
        Assert.Equal(First.AddDays(30), KpiFigures.BaselineRange(KpiKind.RecoveryRate, First, First.AddDays(58))!.Value.From);
        Assert.Equal(First.AddDays(60), KpiFigures.BaselineRange(KpiKind.MasteryWithin60Days, First, First.AddDays(88))!.Value.From);
    }

    [Fact]
    public void Goals_follow_the_contract_the_baseline_or_a_person()
    {
        CountOnDay[] counts = [new(Measure.RecoveryDue, First.AddDays(30), 10), new(Measure.RecoveryMade, First.AddDays(30), 4)];
        StandingOnDay[] standing = [new(First, "Pro", 100, 100, 0, 0)];
        MovesOnDay[] moves = [new(First.AddDays(3), "Pro", 8, 8, 8, 0)];
        var range = new DayRange(First.AddDays(30), First.AddDays(57));
        var set = new Dictionary<KpiKind, KpiSetting> { [KpiKind.ActiveLearnerRate] = new(60, null), [KpiKind.ProgressionRate] = new(
            null, 8) };
        var figures = Figures(range, First.AddDays(100), First, standing, moves, counts, set);

        Assert.Equal((40, 35, 40), (
            Of(figures, KpiKind.RecoveryRate).Value.Value, Of(figures, KpiKind.RecoveryRate).Goal,
            Of(figures, KpiKind.RecoveryRate).Baseline));
        Assert.Equal((6, 8), (Of(figures, KpiKind.ChurnRate).Goal, Of(figures, KpiKind.ChurnRate).Baseline));
        Assert.Equal((10, 8), (Of(figures, KpiKind.ProgressionRate).Goal, Of(figures, KpiKind.ProgressionRate).Baseline));
        Assert.Equal(60, Of(figures, KpiKind.ActiveLearnerRate).Goal);
        Assert.Equal(("Pro", 8.0), (
            Of(figures, KpiKind.ChurnRate).Breakdown[0].Tier, Of(figures, KpiKind.ChurnRate).Breakdown[0].Baseline!.Value));
    }

    [Fact]
    public void A_share_of_nothing_is_no_goal()
    {
        Assert.All(
            new double?[] { null, 0 },
            baseline => Assert.Null(KpiKind.ChurnRate.DefaultGoal(baseline) ?? KpiKind.ProgressionRate.DefaultGoal(baseline)));
        Assert.Equal((1.5, 2.5), (KpiKind.ChurnRate.DefaultGoal(2), KpiKind.ProgressionRate.DefaultGoal(2)));
    }

    [Theory]
    [InlineData(50.9, 50, KpiUnit.Percent, Trend.Stable)]
    [InlineData(51, 50, KpiUnit.Percent, Trend.Up)]
    [InlineData(49, 50, KpiUnit.Percent, Trend.Down)]
    [InlineData(10.4, 10, KpiUnit.Days, Trend.Stable)]
    [InlineData(9.5, 10, KpiUnit.Days, Trend.Down)]
    [InlineData(0, 0, KpiUnit.Hours, Trend.Stable)]
    [InlineData(0.1, 0, KpiUnit.Hours, Trend.Up)]
    public void A_trend_is_stable_within_a_point_or_a_twentieth_of_a_duration(double value, double before, KpiUnit unit, Trend trend) =>
        Assert.Equal(trend, KpiTrends.Of(value, before, unit));

    private static KpiFigure Of(IReadOnlyList<KpiFigure> figures, KpiKind kind) => figures.Single(one => one.Kind == kind);

    private static IReadOnlyList<KpiFigure> Figures(
        DayRange range, DateOnly today, DateOnly? firstDay, StandingOnDay[] standing, MovesOnDay[] moves, CountOnDay[] counts,
        Dictionary<KpiKind, KpiSetting>? set = null)
    {
        var none = KpiKinds.All.Where(kind => kind.IsMedian())
            .ToDictionary(kind => kind, _ => new KpiMedians(new Dictionary<DayRange, KpiValue>()));
        KpiDays Days(DayRange needed) => new(needed, [.. standing.Where(one => one.Day <= needed.To)], moves, counts);
        return new KpiFigures(
            range, today, firstDay, Days(KpiFigures.Needed(range, today)),
            firstDay is { } first ? Days(KpiFigures.NeededOfFirst(first)) : null, none, set ?? []).All;
    }
}
