using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using LStep.Domain.Measuring;

namespace LStep.Domain.Tests.Measuring;

public class DatesTests
{
    static DateTimeOffset? Read(string text)
    {
        var fromBytes = Dates.TryRead(Encoding.UTF8.GetBytes(text), out var one);
        Assert.Equal((fromBytes, one), (Dates.TryRead(text, out var other), other));
        return fromBytes ? one : null;
    }

    [Theory]
    [InlineData("2026-01-05", "2026-01-05T00:00Z")]
    [InlineData("20260105", "2026-01-05T00:00Z")]
    [InlineData("2026-01-05T10:15", "2026-01-05T10:15Z")]
    [InlineData("2026-01-05T10", "2026-01-05T10:00Z")]
    [InlineData("2026-01-05 10:15:30.1239Z", "2026-01-05T10:15:30.123Z")]
    [InlineData("2026-01-05t10:15:30,5z", "2026-01-05T10:15:30.5Z")]
    [InlineData("20260105T101530Z", "2026-01-05T10:15:30Z")]
    [InlineData("20260105T101530.25+0900", "2026-01-05T01:15:30.25Z")]
    [InlineData("20260105T1015-03", "2026-01-05T13:15Z")]
    [InlineData("2026-01-05T10:15:30+09:00", "2026-01-05T01:15:30Z")]
    [InlineData("2026-01-05T10:15:30+0530", "2026-01-05T04:45:30Z")]
    [InlineData("2026-01-05T10:15:30+09", "2026-01-05T01:15:30Z")]
    [InlineData("2026-01-05 10:15:30 +0900", "2026-01-05T01:15:30Z")]
    [InlineData("2026-01-05 10:15:30 UTC", "2026-01-05T10:15:30Z")]
    [InlineData("2026-01-05T24:00:00Z", "2026-01-06T00:00Z")]
    [InlineData("20261231T240000+0900", "2026-12-31T15:00Z")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z")]
    [InlineData("  2026-01-05 ", "2026-01-05T00:00Z")]
    [InlineData("0008-01-05T10:15:30Z", "0008-01-05T10:15:30Z")]
    [InlineData("00080105", "0008-01-05T00:00Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00Z")]
    [InlineData("1447-07-16", "1447-07-16T00:00Z")]
    [InlineData("2569-01-05", "2569-01-05T00:00Z")]
    [InlineData("1767607530", "2026-01-05T10:05:30Z")]
    [InlineData("1767607530123", "2026-01-05T10:05:30.123Z")]
    [InlineData("1767607530.1239", "2026-01-05T10:05:30.123Z")]
    [InlineData("1.767607530e9", "2026-01-05T10:05:30Z")]
    [InlineData("0", "1970-01-01T00:00Z")]
    [InlineData("-1", "1969-12-31T23:59:59Z")]
    [InlineData("20261399", "1970-08-23T12:09:59Z")]
    public void It_is_read(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("soon")]
    [InlineData("05/01/2026")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01")]
    [InlineData("2026-01-05T25:00")]
    [InlineData("2026-01-05T24:00:01Z")]
    [InlineData("2026-01-05T10:60")]
    [InlineData("2026-01-05T10:15:61")]
    [InlineData("2026-01-05T10:15:30.")]
    [InlineData("2026-01-05T10:15:30+19:00")]
    [InlineData("2026-01-05T10:15:30+09:60")]
    [InlineData("2026-01-05T10:15:30 Tokyo")]
    [InlineData("2026-01-05T")]
    [InlineData("0001-01-01T00:00+09:00")]
    [InlineData("9999-12-31T24:00Z")]
    [InlineData("1e300")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("NaN")]
    [InlineData("2026-01-05T10:15:30.000000000000000000000000000000000000000000000000000000000000000000Z")]
    public void It_cannot_be_read(string text) => Assert.Null(Read(text));

    [Fact]
    public void Every_instant_is_read_from_each_of_its_forms() =>
        Seeded.Holds(Gen.Choose(int.MinValue, int.MaxValue).Two().Select(two => ((long)two.Item1 << 16) ^ two.Item2), seed =>
        {
            var (first, last) = (DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
            var ms = first + (long)((ulong)(seed * 2_654_435_761) % (ulong)(last - first));
            var instant = DateTimeOffset.FromUnixTimeMilliseconds(ms);
            foreach (var form in new[] { "yyyy-MM-ddTHH:mm:ss.fffZ", "yyyyMMddTHHmmss.fffZ", "yyyy-MM-dd HH:mm:ss,fff +00:00" })
                Assert.Equal(instant, Read(instant.UtcDateTime.ToString(form, CultureInfo.InvariantCulture)));
            if (Math.Abs(ms) >= 100_000_000_000) Assert.Equal(instant, Read(ms.ToString(CultureInfo.InvariantCulture)));
        }, 2_000);

    [Fact]
    public void Eight_digits_that_make_a_date_are_one_as_a_number_too()
    {
        Assert.True(Dates.TryRead(20260105m, out var date));
        Assert.Equal(Given.At("2026-01-05T00:00Z"), date);
        Assert.True(Dates.TryRead(20260105.5m, out var seconds));
        Assert.Equal(1970, seconds.Year);
    }
}
