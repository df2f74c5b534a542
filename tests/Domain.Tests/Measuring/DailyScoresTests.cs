using LStep.Domain.Measuring;

namespace LStep.Domain.Tests.Measuring;

public class DailyScoresTests
{
    static readonly DateTimeOffset Noon = Given.At("2026-01-02T12:00Z");

    /// <summary>So many sessions, all of a minute but the first, which makes up the rest.</summary>
    static DayWindow Day(int sessions = 0, double minutes = 0, int features = 0) => new()
    {
        Date = new DateOnly(2026, 1, 2),
        Activities = 1,
        Sessions = [.. Enumerable.Range(0, sessions).Select(
            i => new SessionRun(Noon.AddHours(i), Noon.AddHours(i).AddMinutes(i == 0 ? minutes - sessions + 1 : 1)))],
        Features = [.. Enumerable.Range(0, features).Select(i => (ulong)i)],
    };

    [Fact]
    public void The_worked_example()
    {
        var day = Day(sessions: 3, minutes: 60, features: 2) with
        {
            Lessons = 2, Assessments = 1, ScoredAssessments = 1, ScoreSum = 75, Questions = 1,
        };
        Assert.Equal(new DailyScores(95, 93, 20, 79), DailyScores.Of(day));
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 1, 0, 20)] // 20.25
    [InlineData(1, 2, 0, 21)] // 20.5
    [InlineData(1, 1.99, 0, 20)]
    [InlineData(1, 120, 0, 50)]
    [InlineData(1, 600, 0, 50)]
    [InlineData(1, 120, 5, 100)]
    [InlineData(1, 4, 5, 71)]
    [InlineData(1, 4, 9, 71)]
    [InlineData(5, 5, 0, 100)]
    public void Engagement_is_sessions_minutes_and_features_up_to_their_bounds(
        int sessions, double minutes, int features, int engagement) =>
        Assert.Equal(engagement, DailyScores.Of(Day(sessions, minutes, features)).Engagement);

    [Theory]
    [InlineData(1, 0, 0, 0, 0, 25)]
    [InlineData(0, 1, 0, 0, 0, 20)]
    [InlineData(0, 0, 0, 0, 1, 15)]
    [InlineData(0, 1, 1, 100, 0, 50)]
    [InlineData(0, 1, 1, 5, 0, 22)] // 21.5 rounds up
    [InlineData(0, 1, 1, 4.99, 0, 21)]
    [InlineData(0, 2, 1, 5, 0, 42)] // an unscored one is taken, but not in the mean
    [InlineData(0, 3, 3, 5, 0, 61)] // 60.5: the mean has no end in decimals
    [InlineData(4, 1, 1, 100, 3, 100)]
    public void Progress_is_lessons_assessments_their_mean_and_modules(
        int lessons, int taken, int scored, double sum, int modules, int progress) =>
        Assert.Equal(progress, DailyScores.Of(Day() with { Lessons = lessons, Assessments = taken, ScoredAssessments = scored,
            ScoreSum = (decimal)sum, Modules = modules }).Progress);

    [Theory]
    [InlineData(1, 0, 0, 0, 15)]
    [InlineData(0, 1, 0, 0, 10)]
    [InlineData(0, 0, 1, 0, 20)]
    [InlineData(0, 0, 0, 1, 25)]
    [InlineData(3, 1, 1, 1, 100)]
    [InlineData(9, 9, 9, 9, 100)]
    public void Community_is_posts_comments_questions_and_answers(int posts, int comments, int questions, int answers, int community) =>
        Assert.Equal(community, DailyScores.Of(
            Day() with { Posts = posts, Comments = comments, Questions = questions, Answers = answers }).Community);

    [Theory]
    [InlineData(5, 0, 9)]     // 0.4·21.25 = 8.5; of the rounded 21 it would be 8.4
    [InlineData(4.99, 0, 8)]
    [InlineData(3, 8, 9)]     // 0.4·20.75 + 0.4·2.4 = 9.26
    [InlineData(2, 2.5, 9)]   // 0.4·20.5 + 0.4·0.75 = 8.5; of the rounded 21 and 1 it would be 8.8
    [InlineData(2, 2.4, 8)]   // 8.488
    public void Overall_takes_the_unrounded_parts(double minutes, double score, int overall) =>
        Assert.Equal(overall, DailyScores.Of(Day(1, minutes) with { ScoredAssessments = 1, ScoreSum = (decimal)score }).Overall);

    [Fact]
    public void Finer_scores_are_counted_as_exactly_as_whole_ones()
    {
        var whole = Day(2, 7.5) with { Lessons = 1, Assessments = 3, ScoredAssessments = 3, ScoreSum = 5 };
        Assert.Equal(DailyScores.Of(whole), DailyScores.Of(whole with { ScoreSum = 5.000m }));
        Assert.Equal(DailyScores.Of(whole), DailyScores.Of(whole with { ScoreSum = 5.0000m }));
        Assert.Equal(86, DailyScores.Of(whole).Progress); // 85.5
        Assert.Equal(85, DailyScores.Of(whole with { ScoreSum = 4.9999m }).Progress);
        Assert.Equal(85, DailyScores.Of(whole with { ScoreSum = 4.999m }).Progress);
    }
}
