using LStep.Domain.Valuing;

namespace LStep.Domain.Tests.Valuing;

public sealed class ProjectionTests
{
    const int Today = 739_000;
    const int Month = 30;

    [Fact]
    public void Whoever_has_never_paid_has_no_projection() =>
        Assert.Null(Projection.Of(Population(1).Fit(), Tier.Pro, [], Today));

    [Fact]
    public void The_longer_nothing_came_the_less_is_expected_and_the_interval_holds_the_value()
    {
        var model = Population(1).Fit();
        var before = double.PositiveInfinity;
        foreach (var since in (int[])[1, 35, 65, 120, 300])
        {
            var told = Projection.Of(model, Tier.Pro, Monthly(8, since, 49), Today)!.Value;
            Assert.True(told.Value <= before, $"{told.Value} after {since} days, {before} before");
            Assert.InRange(told.Value, told.Low - 1e-6, told.High + 1e-6);
            before = told.Value;
        }
        Assert.True(before < 100, $"{before} is expected of somebody who stopped");
    }

    [Fact]
    public void Whoever_has_paid_often_is_likelier_to_go_on()
    {
        var model = Population(1).Fit();
        Assert.True(Value(24) > Value(6) && Value(6) > Value(1));

        double Value(int payments) => Projection.Of(model, Tier.Pro, Monthly(payments, 5, 49), Today)!.Value.Value;
    }

    [Fact]
    public void One_payment_says_less_of_the_next_ones_than_many()
    {
        // One's payments differ as much as one customer from another.
        var model = With(Population(1).Fit(), one => one with { Spread = 0.5, Differences = 0.5 * one.Mean * one.Mean });
        var unshrunken = With(model, one => one with { Mean = 0 });

        static ValueModel With(ValueModel model, Func<TierValue, TierValue> change) =>
            model with { Tiers = [.. model.Tiers.Select(change)] };

        double Mean(int payments, double amount)
        {
            var paid = Monthly(payments, 5, amount);
            return Projection.Expected(model, Tier.Pro, paid, Today) / Projection.Expected(unshrunken, Tier.Pro, paid, Today);
        }
        Assert.True(Mean(1, 490) < Mean(12, 490));
        Assert.InRange(Mean(12, 490), 0.5, 1);
    }

    [Fact]
    public void The_fit_finds_what_it_was_drawn_from()
    {
        var model = Population(7, customers: 4_000).Fit().Of(Tier.Pro);
        // Ends are drawn from a beta distribution of mean 0.1 and weight 4.
        Assert.InRange(model.Renewals.Ending, 0.08, 0.12);
        Assert.InRange(model.Renewals.Error, 0.005, 0.2);
        Assert.Equal(Month, model.Gaps.Mean, 1.0);
        Assert.InRange(model.Mean, 45, 60);
    }

    [Fact]
    public void Held_out_years_lie_in_their_intervals()
    {
        var (inside, all, sums) = (0, 0, 0);
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var (sums1, known, later) = (new PaymentSums(), new List<List<PaidDay>>(), new List<double>());
            foreach (var paid in Drawn(seed, 300, horizon: Projection.HorizonDays))
            {
                var before = paid.FindAll(one => one.Day <= Today);
                if (before.Count == 0) continue;
                known.Add(before);
                later.Add(paid.Where(one => one.Day > Today).Sum(one => one.Amount));
                sums1.Add(Tier.Pro, before, Today);
            }
            var (model, total) = (sums1.Fit(), new ValueSum());
            for (var i = 0; i < known.Count; i++)
            {
                var told = Projection.Of(model, Tier.Pro, known[i], Today)!.Value;
                total.Add(model, Tier.Pro, known[i], Today);
                all++;
                if (later[i] >= told.Low - 1e-6 && later[i] <= told.High + 1e-6) inside++;
            }
            var (low, high) = total.Interval;
            if (later.Sum() >= low && later.Sum() <= high) sums++;
        }
        Assert.True(inside >= 0.94 * all, $"{inside} of {all} inside");
        Assert.True(sums >= 8, $"{sums} of 10 sums inside");
    }

    [Fact]
    public void A_model_is_read_as_it_was_written_and_another_format_is_none()
    {
        var model = Population(3).Fit();
        var paid = Monthly(5, 12, 49);
        var again = ValueModel.Read(model.Write());
        Assert.Equal(Projection.Of(model, Tier.Pro, paid, Today), Projection.Of(again!, Tier.Pro, paid, Today));
        Assert.Null(ValueModel.Read("""{"format":"another","payers":1,"tiers":[]}"""));
    }

    [Fact]
    public void Of_nobody_and_of_a_single_payment_a_model_can_be_fitted()
    {
        Assert.Null(Projection.Of(new PaymentSums().Fit(), null, [], Today));
        var one = new PaymentSums();
        one.Add(null, [new PaidDay(Today - 400, 10)], Today);
        var told = Projection.Of(one.Fit(), null, [new PaidDay(Today, 10)], Today)!.Value;
        Assert.True(double.IsFinite(told.Value) && double.IsFinite(told.Low) && double.IsFinite(told.High) && told.Low <= told.High);
    }

    static PaymentSums Population(ulong seed, int customers = 500)
    {
        var sums = new PaymentSums();
        foreach (var paid in Drawn(seed, customers, horizon: 0)) sums.Add(Tier.Pro, paid, Today);
        return sums;
    }

    static List<PaidDay> Monthly(int payments, int since, double amount) =>
        [.. Enumerable.Range(0, payments).Select(i => new PaidDay(Today - since - (Month * (payments - 1 - i)), amount))];

    /// <summary>Customers who pay each month and end with a chance of their own, drawn from a beta distribution of 0.4 and 3.6.</summary>
    static IEnumerable<List<PaidDay>> Drawn(ulong seed, int customers, int horizon)
    {
        var chance = new Stream(seed);
        for (var customer = 0; customer < customers; customer++)
        {
            // Of 0.4 : 3.6 by the ratio of two sums of gamma variables (Jöhnk's method).
            double x, y;
            do (x, y) = (Math.Pow(chance.Share(), 1 / 0.4), Math.Pow(chance.Share(), 1 / 3.6));
            while (x + y > 1);
            var (ends, price) = (x / (x + y), chance.Share() < 0.5 ? 29.0 : 79.0);
            var day = Today - 700 + (int)(chance.Share() * 690);
            var paid = new List<PaidDay>();
            do
            {
                paid.Add(new PaidDay(day, price));
                day += Month - 2 + (int)(chance.Share() * 5);
            }
            while (day <= Today + horizon && chance.Share() >= ends);
            yield return paid;
        }
    }

    sealed class Stream(ulong seed)
    {
        ulong state = seed * 0x9E3779B97F4A7C15UL;

        public double Share()
        {
            var z = state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
