using LStep.Domain.Valuing;

namespace LStep.Domain.Tests.Valuing;

public sealed class FiguresTests
{
    [Fact]
    public void Ranks_that_rise_together_correlate_and_ties_share_their_rank()
    {
        Assert.Equal(1, RankCorrelation.Of([.. Enumerable.Range(0, 40).Select(i => ((double)i, Math.Exp(i)))])!.Value.Value, 1e-12);
        Assert.Equal(-1, RankCorrelation.Of([.. Enumerable.Range(0, 40).Select(i => ((double)i, -i * 2.0))])!.Value.Value, 1e-12);
        // Each of 0, 1, 2 twenty times; y = 0, 1, 0: the ranks' correlation is 0 by symmetry.
        var tied = RankCorrelation.Of([.. Enumerable.Range(0, 60).Select(i => ((double)(i % 3), i % 3 == 1 ? 1.0 : 0))])!.Value;
        Assert.Equal(0, tied.Value, 1e-12);
        Assert.True(tied.Interval.Low < -0.2 && tied.Interval.High > 0.2);
    }

    [Fact]
    public void Too_few_pairs_or_a_figure_that_is_the_same_for_all_have_no_correlation()
    {
        Assert.Null(RankCorrelation.Of([.. Enumerable.Range(0, 29).Select(i => ((double)i, (double)i))]));
        Assert.Null(RankCorrelation.Of([.. Enumerable.Range(0, 50).Select(i => (1.0, (double)i))]));
    }

    [Fact]
    public void Nps_is_promoters_less_detractors_and_one_answer_says_little()
    {
        var many = NpsFigure.Of(600, 200, 200)!.Value;
        Assert.Equal(40, many.Value, 1e-9);
        Assert.InRange(many.Interval.High - many.Interval.Low, 9, 11);
        var one = NpsFigure.Of(1, 0, 0)!.Value;
        Assert.True(one.Interval.Low < 0 && one.Interval.High >= 100);
        Assert.Null(NpsFigure.Of(0, 0, 0));
    }

    /// <summary>The exact bounds of 10 events are 4.8 and 18.4; the score interval is near them.</summary>
    [Fact]
    public void A_rate_has_the_bounds_of_its_count()
    {
        var rate = RateFigure.Of(10, 2)!.Value;
        Assert.Equal(5, rate.Value);
        Assert.Equal(5.4 / 2, rate.Interval.Low, 0.1);
        Assert.Equal(18.4 / 2, rate.Interval.High, 0.1);
        Assert.Equal(0, RateFigure.Of(0, 3)!.Value.Interval.Low);
        Assert.Null(RateFigure.Of(1, 0));
    }
}
