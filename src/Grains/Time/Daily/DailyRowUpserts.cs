using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Grains.Customers.Journaling;
using NpgsqlTypes;

namespace LStep.Grains.Time.Daily;

internal sealed class DailyRowUpserts : ArrayStatement
{
    private readonly List<string?> _customer, _trend, _indicators;
    private readonly List<DateOnly> _date;
    private readonly List<decimal?> _minutes, _average;
    private readonly (List<int?> Column, Func<DailyRow, int> Of)[] _before, _middle, _after, _last;

    public DailyRowUpserts() : base("daily_rows_store")
    {
        (_customer, _date) = (Texts(), Column<DateOnly>(NpgsqlDbType.Date));
        _before = Counts(r => r.SessionsCount);
        _minutes = Decimals();
        _middle = Counts(r => r.PagesViewed, r => r.FeaturesUsed, r => r.LessonsCompleted, r => r.AssessmentsTaken);
        _average = Decimals();
        _after = Counts(r => r.ModulesCompleted, r => r.ForumPosts, r => r.CommentsMade, r => r.QuestionsAsked, r => r.AnswersGiven,
            r => r.EngagementScore, r => r.ProgressScore, r => r.CommunityScore, r => r.OverallHealthScore);
        (_trend, _indicators) = (Texts(), Texts());
        _last = Counts(r => r.Activities, r => r.MobileActivities, r => r.VideoActivities);
    }

    public void Add(string customerId, DailyRow row)
    {
        _customer.Add(customerId);
        _date.Add(row.Date);
        _minutes.Add(row.TotalSessionMinutes);
        _average.Add(row.AssessmentAvgScore);
        _trend.Add(Trends.Name(row.ScoreTrend));
        _indicators.Add(string.Join(',', Indicators.Names(row.RiskIndicators)));
        foreach (var group in new[] { _before, _middle, _after, _last })
            foreach (var (column, of) in group) column.Add(of(row));
    }

    private (List<int?>, Func<DailyRow, int>)[] Counts(params Func<DailyRow, int>[] of) => [.. of.Select(f => (Integers(), f))];
}
