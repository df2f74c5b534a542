using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests.Measuring;

public class MeasuresTests
{
    const string Now = "2026-03-31T12:00Z";

    static CustomerState Learner(params Activity[] activities) => Given.Customer().With(Now, activities);

    static Activity Enrolled(string at, string more = "") => Given.Identify(at, $$"""{"createdAt":"{{at}}"{{more}}}""");

    [Fact]
    public void Names_are_those_of_the_contract()
    {
        string[] windowed = [
            "sessions", "session_minutes", "pages_viewed", "features_used", "lessons_completed", "assessments_taken", "assessments_scored",
            "assessment_avg_score", "modules_completed", "forum_posts", "comments_made", "questions_asked", "answers_given", "active_days"];
        string[] scores = ["engagement_score", "progress_score", "community_score", "overall_health_score"];
        string[] names = ["modules_completed", "lessons_completed", "assessments_taken", "assessment_avg_score", "final_assessment",
            "curriculum_completion",
            .. windowed.SelectMany(name => new[] { $"{name}_7d", $"{name}_30d" }),
            .. scores.SelectMany(name => new[] { name, $"{name}_30d", $"{name}_today" }),
            "community_contribution", "engagement_change_7d", "score_trend", "usual_gap", "days_since_login", "days_since_activity",
            "days_since_enrollment", "days_in_status", "customer_tier", "product_tag", "ltv_value", "risk_indicator_count",
            "risk_indicators", "churn_probability", "previous_tag", "behavior_tags"];
        Assert.Equal(names, Metrics.All.ToArray().Select(Metrics.Name));
        Assert.All(names, name => Assert.True(Metrics.TryParse(name, out var metric) && Metrics.Name(metric) == name));
        Assert.False(Metrics.TryParse("engagement", out _));
    }

    [Fact]
    public void Means_leave_out_the_days_before_the_start_and_count_silent_days_as_0()
    {
        // One day of two hours (50) and a start three days ago: 50 over 3 observed days.
        var state = Learner([Enrolled("2026-03-29T20:00Z"), .. Enumerable.Range(0, 5).Select(
            i => Given.An(ActivityType.Comment, Given.At("2026-03-30T10:00Z").AddMinutes(30 * i).ToString("O")))]);
        Assert.Equal(50m / 3, state.As(Now).Number(Metric.EngagementScore));
        Assert.Equal(50m / 3, state.As(Now).Number(Metric.EngagementScore30d));
        Assert.Equal(3, state.As(Now).DaysObserved);
        Assert.Equal(50m / 7, state.As("2026-04-05T12:00Z").Number(Metric.EngagementScore));
    }

    [Theory]
    [InlineData("2026-03-25T00:00Z", false)] // the first day is the first of the last seven
    [InlineData("2026-03-24T23:59Z", true)]  // one of the 7 before was observed
    public void The_7_days_before_count_when_one_of_them_was_observed(string enrolled, bool counts)
    {
        Activity[] lesson = [Enrolled(enrolled), Given.An(ActivityType.LessonCompleted, "2026-03-31T10:00Z")];
        Assert.Equal(Trend.Stable, Learner(lesson).As(Now).ScoreTrend);
        Activity[] much = [Enrolled(enrolled), .. Enumerable.Range(25, 7).SelectMany(day => new[]
        {
            Given.An(ActivityType.LessonCompleted, $"2026-03-{day}T10:00Z"),
            Given.An(ActivityType.LessonCompleted, $"2026-03-{day}T11:00Z"),
        })];
        Assert.Equal(counts ? Trend.Up : Trend.Stable, Learner(much).As(Now).ScoreTrend);
        Assert.Null(Learner(much).As(Now).Number(Metric.EngagementChange7d)); // from 0 there is no percentage
    }

    [Fact]
    public void Engagement_change_is_a_percentage_of_the_7_days_before()
    {
        var state = Learner(Enrolled("2026-01-01T00:00Z"), Given.An(ActivityType.Comment, "2026-03-20T10:00Z"), Given.An(
            ActivityType.Comment, "2026-03-20T12:00Z"),
            Given.An(ActivityType.Comment, "2026-03-30T10:00Z"));
        // 41 (two sessions of a minute) against 20
        Assert.Equal(100m * (20 - 41) / 41, state.As(Now).Number(Metric.EngagementChange7d));
    }

    [Theory]
    [InlineData("2026-03-10,2026-03-11,2026-03-15", null)]
    [InlineData("2026-03-10,2026-03-11,2026-03-15,2026-03-16", 4)]
    [InlineData("2026-03-07,2026-03-08,2026-03-14,2026-03-15,2026-03-21,2026-03-22,2026-03-28,2026-03-29", 6)] // weekends
    [InlineData("2026-03-01,2026-03-11,2026-03-12,2026-03-13,2026-03-14", 1)] // the first has left the window
    public void The_usual_gap_is_the_longest_between_active_days_of_the_window(string days, int? gap) =>
        Assert.Equal(gap, Learner([.. days.Split(',').Select(day => Given.An(ActivityType.Login, $"{day}T10:00Z"))]).As(Now).UsualGapDays);

    [Theory]
    [InlineData(Metric.DaysSinceLogin, "2026-03-20T10:00Z", 11)]
    [InlineData(Metric.DaysSinceActivity, "2026-03-20T10:20Z", 11)]
    [InlineData(Metric.DaysSinceEnrollment, "2026-03-10T00:00Z", 21)]
    [InlineData(Metric.DaysInStatus, "2026-01-01T00:00Z", 89)]
    public void Recency_counts_whole_periods_of_24_hours_from_its_anchor(Metric metric, string anchor, int days)
    {
        var state = Learner(Enrolled("2026-03-10T00:00Z"), Given.An(ActivityType.LessonCompleted, "2026-03-20T10:00Z"), Given.An(
            ActivityType.Comment, "2026-03-20T10:20Z"));
        Assert.Equal(Given.At(anchor), state.As(Now).Anchor(metric));
        Assert.Equal(days, state.As(Now).Number(metric));
        Assert.Equal(days, Measures.Of(state, BusinessCalendar.Utc, Given.At(anchor).AddDays(days)).Number(metric));
        Assert.Equal(days - 1, Measures.Of(state, BusinessCalendar.Utc, Given.At(anchor).AddDays(days).AddMilliseconds(-1)).Number(metric));
    }

    [Fact]
    public void Before_the_learner_can_begin_no_silence_is_counted()
    {
        var measures = Learner(Enrolled("2026-03-01T00:00Z", ""","startsAt":"2026-04-10T00:00Z" """)).As(Now);
        Assert.Equal(0, measures.Number(Metric.DaysSinceLogin));
        Assert.Equal(0, measures.Number(Metric.DaysSinceEnrollment));
        Assert.Equal(0, measures.DaysObserved);
        Assert.Null(measures.Number(Metric.EngagementScore));
    }

    [Fact]
    public void The_start_is_the_first_learner_activity_when_that_is_earlier()
    {
        var state = Learner(
            Enrolled("2026-03-01T00:00Z", ""","startsAt":"2026-03-20T00:00Z" """), Given.An(ActivityType.Login, "2026-03-18T10:00Z"));
        Assert.Equal(Given.At("2026-03-18T10:00Z"), state.Start);
        Assert.Equal(14, state.As(Now).DaysObserved);
        Assert.Equal(11, state.As(Now).Number(Metric.DaysSinceLogin)); // silence still counts from startsAt
    }

    [Fact]
    public void Of_a_customer_with_nothing_every_metric_can_be_asked()
    {
        var measures = Given.Customer().As(Now);
        foreach (var metric in Metrics.All) _ = measures[metric];
        Assert.Null(measures.Number(Metric.AssessmentAvgScore));
        Assert.Null(measures.Number(Metric.FinalAssessment));
        Assert.Null(measures.Number(Metric.ChurnProbability));
        Assert.False(measures[Metric.CustomerTier].HasValue);
        Assert.True(measures[Metric.RiskIndicators].HasValue);
    }

    [Fact]
    public void Activities_a_little_ahead_of_the_clock_belong_to_no_window_yet()
    {
        var state = Given.Customer().With("2026-03-31T23:58Z", Given.An(ActivityType.Login, "2026-04-01T00:01Z"));
        Assert.Equal(0, state.As("2026-03-31T23:58Z").Number(Metric.ActiveDays7d));
        Assert.Equal(0, state.As("2026-03-31T23:58Z").Number(Metric.DaysSinceLogin));
        Assert.Equal(1, state.As("2026-04-01T00:01Z").Number(Metric.ActiveDays7d));
    }

    [Fact]
    public void Reading_every_number_again_and_again_allocates_nothing()
    {
        var state = Learner([.. Enumerable.Range(1, 28).Select(
            day => Given.An(ActivityType.FeatureUse, $"2026-03-{day:D2}T10:00Z") with { Subject = $"f{day % 5}" })]);
        var measures = state.As(Now);
        decimal sum = 0;
        void ReadAll()
        {
            measures.Load(state, BusinessCalendar.Utc, measures.Now);
            foreach (var metric in Metrics.All)
                if (measures.TryNumber(metric, out var number)) sum += number;
            sum += measures.ConflictingSignals + (measures.Text(Metric.ScoreTrend)?.Length ?? 0);
        }
        for (var i = 0; i < 100; i++) ReadAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) ReadAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);
    }
}
