using LStep.Domain.Predicting;

namespace LStep.Domain.Tests.Predicting;

public class JudgingTests
{
    static List<Judged> Drawn(int seed, double skill)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 400).Select(at =>
        {
            var outcome = random.Next(3) == 0;
            return new Judged($"l{at / 4}", Math.Round(random.NextDouble() * (1 - skill) + (outcome ? skill : 0), 2), outcome);
        })];
    }

    [Fact]
    public void The_area_is_how_often_a_pair_is_in_its_order()
    {
        var rows = Drawn(1, 0.3);
        var (above, pairs) = (0d, 0);
        foreach (var one in rows.Where(row => row.Outcome))
            foreach (var other in rows.Where(row => !row.Outcome))
            {
                pairs++;
                above += one.Probability > other.Probability ? 1 : one.Probability == other.Probability ? 0.5 : 0;
            }
        Assert.Equal(above / pairs, Judging.Auc(rows)!.Value, 1e-12);
        Assert.Null(Judging.Auc([.. rows.Where(row => row.Outcome)]));
    }

    [Fact]
    public void Figures_of_five_rows_by_hand()
    {
        List<Judged> rows = [new("a", .9, true), new("b", .8, false), new("c", .7, true), new("d", .2, false), new("e", .1, true)];
        Assert.Equal((1 + 2 / 3d + 3 / 5d) / 3, Judging.PrAuc(rows)!.Value, 1e-12);
        Assert.Equal(0.6, Judging.Accuracy(rows), 1e-12);
        Assert.Equal(0.6, Judging.BaseRate(rows), 1e-12);
        Assert.Equal((0.5, 1 / 3d), Judging.AtBudget(rows, 0.4));
        Assert.Equal([1, 1, 1, 1, 1], Judging.Calibration(rows).Select(bin => bin.Rows));
    }

    [Fact]
    public void An_interval_holds_its_value_and_is_the_same_each_time()
    {
        var figure = Judging.AucWithInterval(Drawn(2, 0.3));
        Assert.True(figure.Low < figure.Value && figure.Value < figure.High);
        Assert.Equal(figure, Judging.AucWithInterval(Drawn(2, 0.3)));
    }

    [Fact]
    public void A_better_model_beats_a_worse_one_and_none_beats_itself()
    {
        var (good, bad) = (Drawn(3, 0.5), Drawn(3, 0.1));
        Assert.True(Judging.Beats(good, bad).Better);
        Assert.False(Judging.Beats(bad, good).Better);
        Assert.False(Judging.Beats(good, good).Better);
    }

    [Fact]
    public void A_calibration_rises_and_keeps_the_mean()
    {
        var rows = Drawn(4, 0.2);
        double[] scores = [.. rows.Select(row => row.Probability * 6 - 3)];
        var curve = IsotonicCurve.Fit(scores, [.. rows.Select(row => row.Outcome)], leastRows: 20);
        Assert.Equal(curve.Scores.Order(), curve.Scores);
        Assert.Equal(curve.Probabilities.Order(), curve.Probabilities);
        var last = -1d;
        for (var score = -5d; score < 5; score += 0.1)
        {
            Assert.InRange(curve.Of(score), Math.Max(0, last), 1);
            last = curve.Of(score);
        }
        Assert.Equal(Judging.BaseRate(rows), scores.Average(curve.Of), 0.03);
    }

    [Fact]
    public void A_small_pool_without_outcomes_does_not_stand_above_a_large_one_with_one()
    {
        double[] scores = [.. Enumerable.Range(0, 120).Select(at => at < 20 ? -2d : at / 1000d)];
        var curve = IsotonicCurve.Fit(scores, [.. scores.Select((_, at) => at == 119)], leastRows: 20);
        Assert.Equal(curve.Probabilities.Order(), curve.Probabilities);
    }

    [Fact]
    public void Drift_is_nothing_among_the_rows_of_training_and_much_when_they_move()
    {
        var random = new Random(5);
        float[][] rows = [.. Enumerable.Range(0, 1_000).Select(_ =>
            Enumerable.Range(0, Features.Count).Select(_ => (float)random.Next(100)).ToArray())];
        var spreads = Watching.Spreads(rows);
        Assert.All(Watching.Drift(spreads, rows), drift => Assert.Equal(0, drift.Index));
        float[][] moved = [.. rows.Select(row => row.Select((value, at) => at == 3 ? value + 50 : value).ToArray())];
        var drifts = Watching.Drift(spreads, moved);
        Assert.True(drifts[3].Index > 0.25);
        Assert.All(drifts.Where((_, at) => at != 3), drift => Assert.Equal(0, drift.Index));
    }
}
