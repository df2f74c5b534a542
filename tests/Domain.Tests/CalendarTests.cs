using LStep.Domain.Measuring;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests;

public class CalendarTests
{
    /// <summary>Zones whose clocks change at midnight, over midnight, by half an hour, or in the night as most do.</summary>
    [Theory]
    [InlineData("UTC")]
    [InlineData("Asia/Tokyo")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("America/Havana")]
    [InlineData("America/Santiago")]
    [InlineData("Asia/Beirut")]
    [InlineData("Africa/Cairo")]
    [InlineData("Australia/Lord_Howe")]
    public void A_day_begins_at_its_first_instant_and_every_midnight_comes_once(string zone)
    {
        var calendar = new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var day = new DateOnly(2025, 1, 1);
        var start = calendar.StartOf(day);
        for (var i = 0; i < 2 * 365; i++)
        {
            Assert.Equal((day, day.AddDays(-1)), (calendar.DayOf(start), calendar.DayOf(start.AddMilliseconds(-1))));
            var next = calendar.NextMidnight(start);
            Assert.Equal(next, calendar.NextMidnight(next.AddMilliseconds(-1)));
            Assert.InRange(next - start, TimeSpan.FromHours(23), TimeSpan.FromHours(25));
            (day, start) = (day.AddDays(1), next);
        }
    }

    [Fact]
    public void A_session_is_cut_at_the_midnight_of_the_business_zone()
    {
        var calendar = new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        // 30 March 2026 begins at 22:00Z: the clocks went forward the night before.
        var state = Given.Customer().With(calendar, "2026-03-30T12:00Z",
            Given.An(ActivityType.Comment, "2026-03-29T21:50Z"), Given.An(ActivityType.Comment, "2026-03-29T21:59:59.999Z"),
            Given.An(ActivityType.Comment, "2026-03-29T22:00Z"));
        Assert.Equal([new DateOnly(2026, 3, 29), new DateOnly(2026, 3, 30)], state.Days.Select(day => day.Date));
        Assert.Equal(2, Measures.Of(state, calendar, Given.At("2026-03-30T12:00Z")).Number(Metric.Sessions7d));
    }
}
