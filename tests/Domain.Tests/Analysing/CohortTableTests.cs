using LStep.Domain.Analysing;

namespace LStep.Domain.Tests.Analysing;

public sealed class CohortTableTests
{
    private static readonly DateOnly January = new(2026, 1, 1), March = new(2026, 3, 1);

    [Fact]
    public void A_month_has_the_tags_at_the_end_of_each_month_after_it_and_the_running_one_is_partial()
    {
        var cohort = Assert.Single(CohortTable.Of(
            [
                new("2026-01", January, 0, null, StatusTag.Active, 10),
                new("2026-01", January, 0, StatusTag.Active, StatusTag.Progressing, 4),
                new("2026-01", January, 2, StatusTag.Active, StatusTag.Declining, 3),
            ], March));

        Assert.Equal((10, "0 False 6 4 0, 1 False 6 4 0, 2 True 3 4 3"), (cohort.Customers, Text(cohort)));
    }

    [Fact]
    public void A_tier_counts_only_those_whose_period_is_over_while_there_are_any()
    {
        var cohort = Assert.Single(CohortTable.Of(
            [
                new("Pro", January, 0, null, StatusTag.Active, 10), new("Pro", January, 1, StatusTag.Active, StatusTag.Progressing, 5),
                new("Pro", March, 0, null, StatusTag.Active, 100),
            ], March));

        Assert.Equal((110, "0 False 10 0 0, 1 False 5 5 0, 2 True 5 5 0"), (cohort.Customers, Text(cohort)));
        Assert.Equal((105, 5), (cohort.Now[StatusTag.Active], cohort.Now[StatusTag.Progressing]));
    }

    [Fact]
    public void Periods_end_after_three_years() => Assert.Equal(
        CohortTable.PeriodsMax,
        CohortTable.Of([new("2016-01", new DateOnly(2016, 1, 1), 0, null, StatusTag.Active, 1)], March)[0].Periods.Count);

    private static string Text(Cohort cohort) => string.Join(", ", cohort.Periods.Select(Text));

    private static string Text(CohortCounts period) =>
        $"{period.Period} {period.Partial} "
        + string.Join(" ", period.Counts.Where(one => one.Key is StatusTag.Active or StatusTag.Progressing or StatusTag.Declining)
            .Select(one => one.Value));
}
