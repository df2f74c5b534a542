using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Grains.Customers.Journaling;
using NpgsqlTypes;

namespace LStep.Grains.Time.Daily;

internal sealed class DailyRowUpserts : ArrayStatement
{
    private readonly List<string?> customer, trend, indicators;
    private readonly List<DateOnly> date;
    private readonly List<decimal?> minutes, average;
    private readonly (List<int?> Column, Func<DailyRow, int> Of)[] before, middle, after, last;

    public DailyRowUpserts() : base("daily_rows_store")
    {
        (customer, date) = (Texts(), Column<DateOnly>(NpgsqlDbType.Date));
        before = Counts(r => r.SessionsCount);
        minutes = Decimals();
        middle = Counts(r => r.PagesViewed, r => r.FeaturesUsed, r => r.LessonsCompleted, r => r.AssessmentsTaken);
        average = Decimals();
        after = Counts(r => r.ModulesCompleted, r => r.ForumPosts, r => r.CommentsMade, r => r.QuestionsAsked, r => r.AnswersGiven,
            r => r.EngagementScore, r => r.ProgressScore, r => r.CommunityScore, r => r.OverallHealthScore);
        (trend, indicators) = (Texts(), Texts());
        last = Counts(r => r.Activities, r => r.MobileActivities, r => r.VideoActivities);
    }

    public void Add(string customerId, DailyRow row)
    {
        customer.Add(customerId);
        date.Add(row.Date);
        minutes.Add(row.TotalSessionMinutes);
        average.Add(row.AssessmentAvgScore);
        trend.Add(Trends.Name(row.ScoreTrend));
        indicators.Add(string.Join(',', Indicators.Names(row.RiskIndicators)));
        foreach (var group in new[] { before, middle, after, last })
            foreach (var (column, of) in group) column.Add(of(row));
    }

    private (List<int?>, Func<DailyRow, int>)[] Counts(params Func<DailyRow, int>[] of) => [.. of.Select(f => (Integers(), f))];
}
