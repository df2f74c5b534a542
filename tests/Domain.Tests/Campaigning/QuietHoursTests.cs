using FsCheck.Fluent;
using LStep.Domain.Campaigning;

namespace LStep.Domain.Tests.Campaigning;

public class QuietHoursTests
{
    /// <summary>Instants around which the clocks of the zone are changed, and others.</summary>
    static readonly (string Zone, string At)[] Nights =
    [
        ("Europe/Berlin", "2026-03-29T01:00Z"), ("Europe/Berlin", "2026-10-25T01:00Z"), ("America/New_York", "2026-03-08T07:00Z"),
        ("America/New_York", "2026-11-01T06:00Z"), ("Asia/Tokyo", "2026-05-01T00:00Z"), ("Pacific/Kiritimati", "2026-05-01T10:00Z"),
        ("Asia/Kathmandu", "2026-05-01T18:15Z"), ("America/Havana", "2026-11-01T05:00Z"), ("America/Santiago", "2026-04-05T03:00Z"),
        ("Africa/Cairo", "2026-04-23T22:00Z"), ("Australia/Lord_Howe", "2026-04-04T15:00Z"), ("Australia/Lord_Howe", "2026-10-03T15:30Z"),
    ];

    static readonly (string From, string To)[] Hours =
    [
        ("21:00", "08:00"), ("00:00", "06:00"), ("12:00", "14:30"), ("23:30", "00:15"), ("22:00", "02:30"), ("02:15", "02:45"),
        ("01:30", "02:30"), ("02:30", "07:00"), ("02:45", "02:15"), ("08:00", "08:00"), ("00:00", "23:59"), ("20:00", "00:00"),
    ];

    [Theory]
    [InlineData("UTC", "2026-03-03T20:59:59Z", "2026-03-03T20:59:59Z")]
    [InlineData("UTC", "2026-03-03T21:00:00Z", "2026-03-04T08:00:00Z")]
    [InlineData("UTC", "2026-03-03T07:59:59Z", "2026-03-03T08:00:00Z")]
    [InlineData("UTC", "2026-03-03T08:00:00Z", "2026-03-03T08:00:00Z")]
    [InlineData("Asia/Tokyo", "2026-03-03T12:00:00Z", "2026-03-03T23:00:00Z")] // 21:00 there
    [InlineData("Pacific/Kiritimati", "2026-03-03T10:30:00Z", "2026-03-03T18:00:00Z")] // 00:30 of the next day there
    [InlineData("Asia/Kathmandu", "2026-03-03T15:15:00Z", "2026-03-04T02:15:00Z")]
    [InlineData("Europe/Berlin", "2026-03-28T20:30:00Z", "2026-03-29T06:00:00Z")] // the night is an hour shorter
    [InlineData("Europe/Berlin", "2026-10-24T19:30:00Z", "2026-10-25T07:00:00Z")] // and an hour longer
    [InlineData("America/New_York", "2026-03-08T03:00:00Z", "2026-03-08T12:00:00Z")]
    [InlineData("America/New_York", "2026-11-01T02:00:00Z", "2026-11-01T13:00:00Z")]
    public void From_nine_in_the_evening_until_eight_nobody_is_disturbed(string zone, string at, string allowed) =>
        Assert.Equal(Given.At(allowed), QuietHours.Default.Allowed(Given.At(at), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void The_first_allowed_minute_is_the_one_that_a_look_at_every_minute_finds()
    {
        var cases =
            from night in Gen.Elements(Nights)
            from hours in Gen.Elements(Hours)
            from minutes in Gen.Choose(-36 * 60, 36 * 60)
            select (night.Zone, At: Given.At(night.At).AddMinutes(minutes), hours.From, hours.To);
        Seeded.Holds(cases, one =>
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(one.Zone);
            var quiet = new QuietHours(TimeOnly.Parse(one.From), TimeOnly.Parse(one.To));
            var slow = new MinuteByMinute(zone, new SendingLimits(1, 1, quiet), []);
            Assert.Equal((one, slow.FirstAwake(one.At)), (one, quiet.Allowed(one.At, zone)));
        }, count: 4_000);
    }
}
