using LStep.Api.Ingest;
using LStep.Grains.Database;

namespace LStep.System.Tests.Ingest;

/// <summary>The server's clock shows 2026-03-10T12:00:00Z.</summary>
public class EventTimeTests
{
    [Theory]
    [InlineData("\"2026-03-01\"", "2026-03-01T00:00:00.000Z")]
    [InlineData("\"2026-03-01T10:20\"", "2026-03-01T10:20:00.000Z")]
    [InlineData("\"2026-03-01T10:20:30Z\"", "2026-03-01T10:20:30.000Z")]
    [InlineData("\"2026-03-01T10:20:30.5Z\"", "2026-03-01T10:20:30.500Z")]
    [InlineData("\"2026-03-01T10:20:30.123456789Z\"", "2026-03-01T10:20:30.123Z")]
    [InlineData("\"2026-03-01T10:20:30.9999+09:00\"", "2026-03-01T01:20:30.999Z")]
    [InlineData("\"2026-03-01T10:20:30\\u002B09:00\"", "2026-03-01T01:20:30.000Z")]
    [InlineData("\"2026-03-01T10:20:30-0130\"", "2026-03-01T11:50:30.000Z")]
    [InlineData("\"2026-03-01 10:20:30\"", "2026-03-01T10:20:30.000Z")]
    [InlineData("\"2026-03-01t10:20:60z\"", "2026-03-01T10:20:59.000Z")]
    [InlineData("1767225600", "2026-01-01T00:00:00.000Z")]
    [InlineData("1767225600123", "2026-01-01T00:00:00.123Z")]
    [InlineData("1767225600.5", "2026-01-01T00:00:00.500Z")]
    [InlineData("\"1767225600123\"", "2026-01-01T00:00:00.123Z")]
    [InlineData("\"20260301T102030Z\"", "2026-03-01T10:20:30.000Z")]
    [InlineData("\"20260301T102030.5+0100\"", "2026-03-01T09:20:30.500Z")]
    [InlineData("\"20260301\"", "2026-03-01T00:00:00.000Z")]
    [InlineData("20260301", "2026-03-01T00:00:00.000Z")]
    [InlineData("\"2026-03-01T24:00:00Z\"", "2026-03-02T00:00:00.000Z")]
    [InlineData("\"2016-12-31T23:59:60Z\"", "2016-12-31T23:59:59.000Z")]
    [InlineData("null", "2026-03-10T12:00:00.000Z")]
    [InlineData("\"\"", "2026-03-10T12:00:00.000Z")]
    [InlineData("\" \"", "2026-03-10T12:00:00.000Z")]
    [InlineData("[]", "2026-03-10T12:00:00.000Z")]
    [InlineData("0", "2026-03-10T12:00:00.000Z")]
    [InlineData("-1", "2026-03-10T12:00:00.000Z")]
    [InlineData("\"1999-12-31T23:59:59Z\"", "2026-03-10T12:00:00.000Z")]
    [InlineData("\"2000-01-01T00:00:00Z\"", "2000-01-01T00:00:00.000Z")]
    [InlineData("\"0001-01-01T00:00:00Z\"", "2026-03-10T12:00:00.000Z")]
    [InlineData("\"0000-00-00 00:00:00\"", "2026-03-10T12:00:00.000Z")]
    public void Dates_are_iso_or_unix_and_cut_to_milliseconds(string timestamp, string at) =>
        Assert.Equal(at, Occurred($"\"timestamp\":{timestamp}"));

    [Theory]
    [InlineData("\"2026-03-01T24:00:01Z\"")]
    [InlineData("\"2026-02-30\"")]
    [InlineData("\"9999-12-32T00:00:00Z\"")]
    [InlineData("{\"seconds\":1}")]
    [InlineData("\"2026-03-01T10:61:00Z\"")]
    [InlineData("\"2026-03-01T10:20:30.Z\"")]
    [InlineData("\"2026-03-01T10:20:30+9\"")]
    [InlineData("\"2026-03-01T10:20:30Zulu\"")]
    [InlineData("\"2026-13-01\"")]
    [InlineData("\"01/02/2026\"")]
    [InlineData("1e40")]
    [InlineData("true")]
    public void What_is_no_date_is_refused(string timestamp) =>
        Assert.Equal("unreadable_date", Posted.One(Posted.Track("Login", more: $",\"timestamp\":{timestamp}")).Refusal?.Code);

    // The client's clock is two hours slow; the event happened ten minutes before it was sent.
    private const string Slow = """ "timestamp":"2026-03-10T09:50:00Z","sentAt":"2026-03-10T10:00:00Z" """;

    [Fact]
    public void The_clients_clock_is_corrected_where_it_says_when_it_sent() => Assert.Equal("2026-03-10T11:50:00.000Z", Occurred(Slow));

    [Fact]
    public void Imports_and_simulated_clocks_take_the_time_as_it_is()
    {
        Assert.Equal("2026-03-10T09:50:00.000Z", Occurred(Slow, Posted.Import));
        Assert.Equal("2026-03-10T09:50:00.000Z", Occurred(Slow, Posted.Simulated));
    }

    [Fact]
    public void The_original_timestamp_is_what_is_corrected()
    {
        const string Relayed =
            """ "timestamp":"2026-03-09T00:00:00Z","originalTimestamp":"2026-03-10T09:50:00Z","sentAt":"2026-03-10T10:00:00Z" """;
        Assert.Equal("2026-03-10T11:50:00.000Z", Occurred(Relayed));
        Assert.Equal("2026-03-09T00:00:00.000Z", Occurred(Relayed, Posted.Import));
        Assert.Equal("2026-03-10T09:50:00.000Z", Occurred("""  "originalTimestamp":"2026-03-10T09:50:00Z" """));
    }

    [Theory]
    [InlineData("2026-03-10T12:05:00.000Z", "2026-03-10T12:05:00.000Z")]
    [InlineData("2026-03-10T12:05:00.001Z", "2026-03-10T12:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59Z", "2026-03-10T12:00:00.000Z")]
    public void A_time_more_than_five_minutes_ahead_becomes_now(string timestamp, string at) =>
        Assert.Equal(at, Occurred($"\"timestamp\":\"{timestamp}\""));

    [Theory]
    [InlineData("2026-03-10T12:05:00.000Z", null)]
    [InlineData("2026-03-10T12:05:00.001Z", "in_the_future")]
    public void Under_a_simulated_clock_it_is_refused(string timestamp, string? code) =>
        Assert.Equal(code, Posted.One(Posted.Track("Login", more: $",\"timestamp\":\"{timestamp}\""), Posted.Simulated).Refusal?.Code);

    /// <summary>A phone may count the years of another calendar, in the event's time and in sentAt alike.</summary>
    [Theory]
    [InlineData("0008-03-10T09:50:00Z", "0008-03-10T10:00:00Z")]
    [InlineData("2569-03-10T09:50:00Z", "2569-03-10T10:00:00Z")]
    [InlineData("1447-09-21T09:50:00Z", "1447-09-21T10:00:00Z")]
    [InlineData("1404-12-19T09:50:00Z", "1404-12-19T10:00:00Z")]
    [InlineData("1405-02-31T09:50:00Z", "1405-02-31T10:00:00Z")]
    [InlineData("1447-02-29T23:55:00Z", "1447-02-30T00:05:00Z")]
    [InlineData("2567-02-29T09:50:00Z", "2567-02-29T10:00:00Z")]
    [InlineData("1970-01-01T00:05:00Z", "1970-01-01T00:15:00Z")]
    public void A_clock_of_other_years_is_corrected_like_any_other(string timestamp, string sentAt)
    {
        Assert.Equal("2026-03-10T11:50:00.000Z", Occurred($$""" "timestamp":"{{timestamp}}","sentAt":"{{sentAt}}" """));
        Assert.Equal("2026-03-10T11:50:00.000Z", LStep.Api.Http.Json.Instant(Posted.Batch(
            $$"""{"sentAt":"{{sentAt}}","batch":[{"type":"track","userId":"u","timestamp":"{{timestamp}}"}]}""")[0].Activity!.OccurredAt));
    }

    [Theory]
    [InlineData("0008-03-10T09:50:00Z")]
    [InlineData("1405-02-31T09:50:00Z")]
    [InlineData("2569-03-10T09:50:00Z")]
    [InlineData("2567-02-29T09:50:00Z")]
    public void Without_a_sentAt_that_says_more_an_odd_year_is_the_time_of_receipt(string timestamp)
    {
        foreach (var beside in new[] { "", ",\"sentAt\":\"\"", ",\"sentAt\":\"soon\"", ",\"sentAt\":\"2026-03-10T10:00:00Z\"" })
            Assert.Equal("2026-03-10T12:00:00.000Z", Occurred($"\"timestamp\":\"{timestamp}\"{beside}"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    [InlineData("\"soon\"")]
    [InlineData("\"2026-02-30\"")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[7]")]
    [InlineData("1e40")]
    [InlineData("0")]
    [InlineData("\"1970-01-01T00:00:00Z\"")]
    [InlineData("\"0000-00-00T00:00:00Z\"")]
    public void Beside_a_sentAt_that_says_nothing_the_time_stands_as_it_is(string sentAt)
    {
        Assert.Equal("2026-03-10T09:50:00.000Z", Occurred($"\"timestamp\":\"2026-03-10T09:50:00Z\",\"sentAt\":{sentAt}"));
        var parsed = Posted.Batch($$"""{"sentAt":{{sentAt}},"batch":[{"type":"track","userId":"u","timestamp":"2026-03-10T09:50:00Z"}]}""");
        Assert.Equal("2026-03-10T09:50:00.000Z", LStep.Api.Http.Json.Instant(parsed[0].Activity!.OccurredAt));
    }

    [Fact]
    public void Of_two_times_one_that_can_be_read_suffices()
    {
        Assert.Equal("2026-03-10T09:50:00.000Z", Occurred(""" "timestamp":"2026-03-10T09:50:00Z","originalTimestamp":"then" """));
        Assert.Equal("2026-03-10T09:50:00.000Z", Occurred(""" "timestamp":"then","originalTimestamp":"2026-03-10T09:50:00Z" """));
        Assert.Equal("2026-03-10T09:50:00.000Z", Occurred(""" "timestamp":0,"originalTimestamp":"2026-03-10T09:50:00Z" """));
        Assert.Equal("unreadable_date", Posted.One(
            Posted.Track("Login", more: ""","timestamp":"","originalTimestamp":"then" """)).Refusal?.Code);
    }

    [Fact]
    public void A_correction_that_leads_before_the_first_date_is_the_time_of_receipt() =>
        Assert.Equal("2026-03-10T12:00:00.000Z", Occurred(""" "timestamp":"2026-03-10T09:50:00Z","sentAt":"9999-01-01" """));

    [Fact]
    public void The_batchs_sentAt_counts_for_messages_without_their_own()
    {
        var parsed = Posted.Batch("""
            {"batch":[{"type":"track","userId":"u","timestamp":"2026-03-10T09:50:00Z"},
                      {"type":"track","userId":"u","timestamp":"2026-03-10T09:50:00Z","sentAt":"2026-03-10T09:50:00Z"}],
             "sentAt":"2026-03-10T10:00:00Z"}
            """);
        Assert.Equal(["2026-03-10T11:50:00.000Z", "2026-03-10T12:00:00.000Z"], parsed.Select(
            p => LStep.Api.Http.Json.Instant(p.Activity!.OccurredAt)));
    }

    private static string Occurred(string members, Reception? reception = null) =>
        LStep.Api.Http.Json.Instant(Posted.Taken(Posted.Track("Login", more: "," + members), reception).OccurredAt);
}
