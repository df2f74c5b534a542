using LStep.Domain.Backtesting;
using LStep.Domain.Measuring;
using LStep.Domain.Predicting;

namespace LStep.Domain.Tests.Predicting;

public class LearnerRowsTests
{
    static readonly DateTimeOffset Until = Given.At("2026-03-10T00:00Z");

    static List<Activity> Enrolled(params string[] days) =>
        [Given.Identify("2026-01-01T08:00Z", """{"createdAt":"2026-01-01T08:00:00Z","tier":"Pro"}"""),
            .. days.Select(day => Given.An(ActivityType.PageView, $"{day}T12:00Z"))];

    static List<TrainingRow> Rows(List<Activity> log, RowChoice? choice = null) =>
        LearnerRows.Of("c-1", log, BusinessCalendar.Utc, Until, choice);

    [Fact]
    public void A_row_each_seventh_day_from_the_fourteenth_on()
    {
        var rows = Rows(Enrolled("2026-01-02", "2026-01-20"));
        Assert.Equal(new DateOnly(2026, 1, 15), rows[0].Day);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(7, pair.Second.Day.DayNumber - pair.First.Day.DayNumber));
        Assert.Equal(2, rows[0].CourseWeek);
        Assert.Equal(Tier.Pro, rows[0].Tier);
    }

    [Fact]
    public void Outcomes_are_those_of_the_days_after()
    {
        var rows = Rows(Enrolled("2026-01-02", "2026-01-29", "2026-02-13"));
        Assert.False(rows[0].Silent14); // 29 January is the 14th day after the 15th
        Assert.True(rows[0].Silent15To28); // 30 January to 12 February
        Assert.Equal(13, rows[0].SilentDays);
        Assert.False(rows[0].ActiveLast7);
        var twelfth = rows.Single(row => row.Day == new DateOnly(2026, 2, 12));
        Assert.False(twelfth.Silent14);
        var last = rows.Single(row => row.Day == new DateOnly(2026, 2, 19));
        Assert.True(last.Silent14);
        Assert.True(last.ActiveLast7);
    }

    [Fact]
    public void What_is_not_over_yet_is_not_known()
    {
        var rows = Rows(Enrolled("2026-01-02"));
        Assert.All(rows, row => Assert.Equal(row.Day.AddDays(14) < new DateOnly(2026, 3, 10), row.Silent14 is not null));
        Assert.All(rows, row => Assert.Equal(row.Day.AddDays(28) < new DateOnly(2026, 3, 10), row.Silent15To28 is not null));
    }

    [Theory]
    [InlineData("Unregistered")]
    [InlineData("subscription_cancelled")]
    [InlineData("Course Cancelled")]
    public void Rows_end_with_a_cancellation_which_the_fortnight_before_knows(string name)
    {
        var log = Enrolled("2026-01-02");
        log.Add(Given.An(ActivityType.NoActivity, "2026-02-01T12:00Z") with { Event = name });
        var rows = Rows(log);
        Assert.Equal([new DateOnly(2026, 1, 15), new DateOnly(2026, 1, 22), new DateOnly(2026, 1, 29)], rows.Select(row => row.Day));
        Assert.Equal([false, true, true], rows.Select(row => row.Cancelled14!.Value));
    }

    [Fact]
    public void The_trait_unregisteredAt_is_a_cancellation_too()
    {
        var traits = Given.Identify("2026-02-01T12:00Z", """{"unregistered_at":"2026-01-31T00:00:00Z"}""");
        Assert.Equal(Given.At("2026-01-31T00:00Z"), Cancellations.Of(traits));
        Assert.Equal(Given.At("2026-01-31T00:00Z"), Cancellations.Of(Given.Customer().With("2026-02-01T12:00Z", traits).Profile));
        Assert.Null(Cancellations.Of(Given.An(ActivityType.PageView, "2026-02-01T12:00Z") with { Event = "Unregistered" }));
    }

    [Fact]
    public void What_breaks_a_silence_can_be_chosen()
    {
        var log = Enrolled("2026-01-02");
        log.Add(Given.An(ActivityType.AssessmentTaken, "2026-01-20T12:00Z"));
        Assert.False(Rows(log)[0].Silent14);
        Assert.True(Rows(log, new RowChoice(Active: activity => activity.Type != ActivityType.AssessmentTaken))[0].Silent14);
    }
}
