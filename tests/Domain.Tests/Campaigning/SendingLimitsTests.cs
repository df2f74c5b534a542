using FsCheck.Fluent;
using LStep.Domain.Campaigning;

namespace LStep.Domain.Tests.Campaigning;

public class SendingLimitsTests
{
    static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    [Fact]
    public void Nothing_sent_and_no_night_is_now()
    {
        var noon = Given.At("2026-03-03T12:00Z");
        Assert.Equal((noon, null), SendingLimits.Default.Allowed(noon, [], TimeZoneInfo.Utc));
    }

    [Fact]
    public void One_a_day_is_one_of_the_customers_own_day()
    {
        // 23:30 in Tokyo: the next day there begins half an hour later, and its night ends at eight.
        var sent = Given.At("2026-03-03T01:00Z");
        Assert.Equal(
            (Given.At("2026-03-03T23:00Z"), SuppressionReasons.FrequencyCap),
            SendingLimits.Default.Allowed(Given.At("2026-03-03T11:00Z"), [sent], Tokyo));
        Assert.Equal(
            (Given.At("2026-03-03T15:30Z"), null),
            new SendingLimits(3, 1, new QuietHours(default, default)).Allowed(Given.At("2026-03-03T15:30Z"), [sent], Tokyo));
    }

    [Fact]
    public void Three_within_168_hours_wait_until_the_first_of_them_is_so_long_ago_to_the_minute()
    {
        DateTimeOffset[] sent = [Given.At("2026-03-02T09:30Z"), Given.At("2026-03-03T09:00Z"), Given.At("2026-03-05T17:00Z")];
        foreach (var now in new[] { "2026-03-06T12:00Z", "2026-03-09T09:29Z" })
            Assert.Equal(
                (Given.At("2026-03-09T09:30Z"), SuppressionReasons.FrequencyCap),
                SendingLimits.Default.Allowed(Given.At(now), sent, TimeZoneInfo.Utc));
        var free = Given.At("2026-03-09T09:30Z");
        Assert.Equal((free, null), SendingLimits.Default.Allowed(free, sent, TimeZoneInfo.Utc));
    }

    [Fact]
    public void A_night_alone_is_called_by_its_name()
    {
        var night = Given.At("2026-03-03T22:00Z");
        Assert.Equal(
            (Given.At("2026-03-04T08:00Z"), SuppressionReasons.QuietHours), SendingLimits.Default.Allowed(night, [], TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 0)]
    public void A_cap_of_none_never_allows_anything(int week, int day) =>
        Assert.Equal(
            (DateTimeOffset.MaxValue, SuppressionReasons.FrequencyCap),
            new SendingLimits(week, day, QuietHours.Default).Allowed(Given.At("2026-03-03T12:00Z"), [], TimeZoneInfo.Utc));

    [Fact]
    public void Caps_and_nights_together_end_at_the_minute_that_a_look_at_every_minute_finds()
    {
        (string Zone, string At)[] around =
        [
            ("Europe/Berlin", "2026-03-29T01:00Z"), ("Europe/Berlin", "2026-10-25T01:00Z"), ("America/New_York", "2026-03-08T07:00Z"),
            ("America/New_York", "2026-11-01T06:00Z"), ("Asia/Tokyo", "2026-05-01T00:00Z"), ("Pacific/Kiritimati", "2026-05-01T10:00Z"),
            ("Asia/Kathmandu", "2026-05-01T18:15Z"), ("America/Havana", "2026-11-01T05:00Z"),
        ];
        var cases =
            from one in Gen.Elements(around)
            from week in Gen.Elements(0, 1, 3)
            from day in Gen.Elements(0, 1, 1, 3)
            from quiet in Gen.Elements(("21:00", "08:00"), ("12:00", "14:30"), ("00:00", "00:00"), ("23:30", "00:30"))
            from ahead in Gen.Choose(-4 * 24 * 60, 4 * 24 * 60)
            from ago in Gen.ArrayOf(Gen.Choose(0, 9 * 24 * 60), 5)
            from count in Gen.Choose(0, 5)
            let at = Given.At(one.At).AddMinutes(ahead)
            select (one.Zone, At: at, Week: week, Day: day, Quiet: quiet, Sent: ago.Take(count).Select(
                minutes => at.AddMinutes(-minutes)).ToArray());
        Seeded.Holds(cases, one =>
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(one.Zone);
            var limits = new SendingLimits(
                one.Week, one.Day, new QuietHours(TimeOnly.Parse(one.Quiet.Item1), TimeOnly.Parse(one.Quiet.Item2)));
            var slow = new MinuteByMinute(zone, limits, one.Sent);
            var (at, why) = limits.Allowed(one.At, one.Sent, zone);
            Assert.Equal(slow.FirstAllowed(one.At), at == DateTimeOffset.MaxValue ? null : at);
            Assert.Equal(at == one.At, why is null);
            if (!slow.IsFull(one.At) && slow.IsQuiet(one.At) && slow.FirstAwake(one.At) == at)
                Assert.Equal(SuppressionReasons.QuietHours, why);
            if (slow.IsFull(one.At) && !slow.IsQuiet(one.At)) Assert.Equal(SuppressionReasons.FrequencyCap, why);
        }, count: 1_000);
    }
}
