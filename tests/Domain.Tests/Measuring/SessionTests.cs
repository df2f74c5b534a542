using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests.Measuring;

public class SessionTests
{
    static readonly BusinessCalendar NewYork = new(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
    static readonly BusinessCalendar Tokyo = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));

    [Theory]
    [InlineData("10:00", "10:30", 1, 30)]
    [InlineData("10:00", "10:30:00.001", 2, 2)]
    [InlineData("10:00", "10:00", 1, 1)]
    [InlineData("10:00", "10:00:59", 1, 1)]
    [InlineData("10:00", "10:01:30", 1, 1.5)]
    public void A_gap_of_thirty_minutes_keeps_a_session_and_a_session_lasts_a_minute_at_least(
        string first, string second, int sessions, decimal minutes)
    {
        var measures = Given.Customer().With("2026-01-02T12:00Z",
            Given.An(ActivityType.Login, $"2026-01-02T{second}Z"),
            Given.An(ActivityType.Login, $"2026-01-02T{first}Z")).As("2026-01-02T12:00Z");
        Assert.Equal(sessions, measures.Number(Metric.Sessions7d));
        Assert.Equal(minutes, measures.Number(Metric.SessionMinutes7d));
    }

    [Fact]
    public void A_late_activity_joins_two_sessions_and_moves_the_last_login_back()
    {
        var state = Given.Customer().With("2026-01-02T12:00Z",
            Given.An(ActivityType.LessonCompleted, "2026-01-02T10:00Z"), Given.An(ActivityType.LessonCompleted, "2026-01-02T10:50Z"));
        Assert.Equal(Given.At("2026-01-02T10:50Z"), state.Lifetime.LastLoginAt);
        state = state.With("2026-01-02T13:00Z", Given.An(ActivityType.Comment, "2026-01-02T10:25Z"));
        Assert.Equal(Given.At("2026-01-02T10:00Z"), state.Lifetime.LastLoginAt);
    }

    [Fact]
    public void It_does_so_even_when_the_day_has_left_every_window()
    {
        var state = Given.Customer().With("2026-01-02T12:00Z",
            Given.An(ActivityType.LessonCompleted, "2026-01-02T10:00Z"), Given.An(ActivityType.LessonCompleted, "2026-01-02T10:50Z"));
        state = Domain.Measuring.Windows.Prune(state, new DateOnly(2026, 3, 1))
            .With("2026-03-01T12:00Z", Given.An(ActivityType.Comment, "2026-01-02T10:25Z"));
        Assert.Empty(state.Days);
        Assert.Equal(Given.At("2026-01-02T10:00Z"), state.Lifetime.LastLoginAt);
    }

    [Fact]
    public void Others_doings_start_no_session()
    {
        var state = Given.Customer().With("2026-01-02T12:00Z", Given.An(ActivityType.MessageOpened, "2026-01-02T10:00Z"),
            Given.An(ActivityType.SupportTicket, "2026-01-02T10:00Z"), Given.An(ActivityType.Payment, "2026-01-02T10:00Z"),
            Given.Identify("2026-01-02T10:00Z", "{}"));
        var day = Assert.Single(state.Days);
        Assert.Equal((0, 0, 1), (day.Activities, day.Sessions.Length, day.SupportTickets));
        Assert.Equal(0, state.As("2026-01-02T12:00Z").Number(Metric.ActiveDays7d));
    }

    public static TheoryData<string, string, string, int> Midnights => new()
    {
        { "UTC", "2026-01-02T23:50Z", "2026-01-03T00:10Z", 2 },
        { "America/New_York", "2026-01-02T23:50Z", "2026-01-03T00:10Z", 1 },
        { "America/New_York", "2026-01-03T04:59:59.999Z", "2026-01-03T05:00Z", 2 },
        // On 8 March the clocks of New York go forward at 07:00Z: the day has 23 hours and ends at 04:00Z.
        { "America/New_York", "2026-03-08T04:59Z", "2026-03-08T05:00Z", 2 },
        { "America/New_York", "2026-03-08T06:59Z", "2026-03-08T07:01Z", 1 },
        { "America/New_York", "2026-03-09T03:59Z", "2026-03-09T04:00Z", 2 },
        // On 1 November they go back: the hour that comes twice is one hour of sessions after the other.
        { "America/New_York", "2026-11-01T05:50Z", "2026-11-01T06:10Z", 1 },
        { "Asia/Tokyo", "2026-01-02T14:59Z", "2026-01-02T15:00Z", 2 },
        { "Asia/Tokyo", "2026-01-02T23:50Z", "2026-01-03T00:10Z", 1 },
    };

    [Theory]
    [MemberData(nameof(Midnights))]
    public void A_session_is_cut_at_the_business_midnight_only(string zone, string first, string second, int sessions)
    {
        var calendar = zone switch { "Asia/Tokyo" => Tokyo, "America/New_York" => NewYork, _ => BusinessCalendar.Utc };
        var state = Given.Customer().With(calendar, second, Given.An(ActivityType.Login, first), Given.An(ActivityType.Login, second));
        Assert.Equal(sessions, state.Days.Sum(day => day.Sessions.Length));
        Assert.Equal(sessions, state.Days.Length);
    }

    [Theory]
    [InlineData("2026-01-01T00:00Z", "2026-01-30T23:59Z", 1)]
    [InlineData("2026-01-01T23:59Z", "2026-01-31T00:00Z", 0)]
    public void A_day_is_in_the_window_29_days_later_and_gone_30_days_later(string at, string now, int activeDays)
    {
        var activity = Given.An(ActivityType.LessonCompleted, at);
        Assert.Equal(activeDays, Given.Customer().With(at, activity).As(now).Number(Metric.ActiveDays30d));
        var late = Given.Customer().With(now, activity);
        Assert.Equal(activeDays, late.Days.Length);
        Assert.Equal(1, late.Lifetime.Lessons);
    }
}
