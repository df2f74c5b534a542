using LStep.Domain.Measuring;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests.Measuring;

public class DailyRowTests
{
    static readonly DateOnly Day = new(2026, 3, 20);

    [Fact]
    public void A_row_tells_everything_of_its_day()
    {
        var state = Given.Customer().With("2026-03-20T12:00Z",
            Given.An(ActivityType.Login, "2026-03-20T10:00Z"),
            Given.An(ActivityType.PageView, "2026-03-20T10:10Z") with { Count = 4, Mobile = true },
            Given.An(ActivityType.LessonCompleted, "2026-03-20T10:30Z"),
            Given.An(ActivityType.FeatureUse, "2026-03-20T10:40Z") with { Subject = "f" },
            Given.An(ActivityType.AssessmentTaken, "2026-03-20T11:10:30Z") with { Score = 75 },
            Given.An(ActivityType.AssessmentTaken, "2026-03-20T11:10:30Z"),
            Given.An(ActivityType.VideoPlay, "2026-03-20T11:20:30Z"));
        Assert.Equal(new DailyRow
        {
            Date = Day,
            SessionsCount = 2,
            TotalSessionMinutes = 50,
            PagesViewed = 4,
            FeaturesUsed = 1,
            LessonsCompleted = 1,
            AssessmentsTaken = 2,
            AssessmentAvgScore = 75,
            EngagementScore = 63,   // 40 + 12.5 + 10
            ProgressScore = 88,     // 25 + 40 + 22.5
            OverallHealthScore = 60, // 25 + 35
            RiskIndicators = RiskIndicators.SocialIsolation,
            Activities = 7,
            MobileActivities = 1,
            VideoActivities = 1,
        }, DailyRow.Of(state, Day, BusinessCalendar.Utc));
    }

    [Fact]
    public void A_day_without_activity_has_no_row()
    {
        var state = Given.Customer().With("2026-03-20T12:00Z", Given.An(ActivityType.SupportTicket, "2026-03-20T10:00Z"), Given.An(
            ActivityType.Payment, "2026-03-19T10:00Z"));
        Assert.Null(DailyRow.Of(state, Day, BusinessCalendar.Utc));
        Assert.Null(DailyRow.Of(state, Day.AddDays(-1), BusinessCalendar.Utc));
    }

    [Theory]
    [InlineData("2026-03-02T00:00Z", 40, Trend.Up)]      // far above the silent week before
    [InlineData("2026-03-14T00:00Z", 40, Trend.Stable)]  // there was no week before
    [InlineData("2026-03-02T00:00Z", 34, Trend.Stable)]  // 34 over 7 days are 4.9
    [InlineData("2026-03-02T00:00Z", 35, Trend.Up)]
    public void The_trend_compares_seven_days_with_the_seven_before(string enrolled, int overall, Trend trend)
    {
        // A session of 120 minutes, so many lessons … : the overall score is 0.4·50 + 0.2·community + 0.4·progress.
        var start = DateOnly.FromDateTime(Given.At(enrolled).Date);
        var run = new SessionRun(Given.At("2026-03-20T08:00Z"), Given.At("2026-03-20T10:00Z"));
        var day = new DayWindow { Date = Day, Activities = 9, Sessions = [run], ScoredAssessments = 1, ScoreSum = (
            overall - 20) / 0.4m / 0.3m };
        Assert.Equal(overall, DailyScores.Of(day).Overall);
        Assert.Equal(trend, DailyRow.Of([day], Day, start)!.ScoreTrend);
    }

    [Theory]
    [InlineData("2026-01-01T00:00Z", "2026-03-06", false)]
    [InlineData("2026-01-01T00:00Z", "2026-03-15", true)]
    [InlineData("2026-01-01T00:00Z", "2026-03-14", false)]
    [InlineData("2026-03-05T00:00Z", "2026-03-06", true)]
    public void The_state_reaches_back_to_days_whose_trend_it_can_tell(string enrolled, string date, bool reaches)
    {
        var state = Given.Customer()
            .With("2026-03-31T12:00Z", Given.An(ActivityType.Login, enrolled)) with { EvaluatedAt = Given.At("2026-03-31T12:00Z") };
        Assert.Equal(reaches, DailyRow.IsInReach(state, DateOnly.Parse(date), BusinessCalendar.Utc));
    }
}
