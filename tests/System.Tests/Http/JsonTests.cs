using System.Collections.Immutable;
using System.Text.Json;
using LStep.Api.Http;
using LStep.Grains.Database;

namespace LStep.System.Tests.Http;

public sealed class JsonTests
{
    public static TheoryData<object?, string> Written { get; } = new()
    {
        { StatusTag.ReEngagement, "\"ST_005\"" },
        { new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), "\"2026-01-02T03:04:05.678Z\"" },
        { new DateTimeOffset(2026, 1, 2, 5, 4, 5, 0, TimeSpan.FromHours(2)), "\"2026-01-02T03:04:05.000Z\"" },
        { new MetricValue(Number: 12.5m), "12.5" },
        { new MetricValue(Text: "Pro"), "\"Pro\"" },
        { new MetricValue(List: ["a", "b"]), "[\"a\",\"b\"]" },
        { default(MetricValue), "null" },
        { new RawJson("{\"any\":[1]}"), "{\"any\":[1]}" },
        { new Dictionary<string, int> { ["sessions_7d"] = 3 }, "{\"sessions_7d\":3}" },
        { ImmutableSortedDictionary<StatusTag, long>.Empty.Add(StatusTag.Active, 2), "{\"ST_001\":2}" },
        { new InputError("$.a", "b", "日本"), "{\"path\":\"$.a\",\"code\":\"b\",\"message\":\"日本\"}" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Values_are_written_as_the_contract_says(object? value, string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(value, Json.Options));

    [Theory]
    [InlineData("\"2026-01-02T03:04:05.6789Z\"", "2026-01-02T03:04:05.678Z")]
    [InlineData("\"2026-01-02T03:04:05+02:00\"", "2026-01-02T01:04:05.000Z")]
    [InlineData("\"2026-01-02T03:04:05\"", "2026-01-02T03:04:05.000Z")]
    [InlineData("\"2026-01-02\"", "2026-01-02T00:00:00.000Z")]
    public void Instants_are_read_as_utc_and_cut_to_milliseconds(string json, string instant) =>
        Assert.Equal(instant, Json.Instant(JsonSerializer.Deserialize<DateTimeOffset>(json, Json.Options)));

    [Theory]
    [InlineData("\"01/02/2026\"")]
    [InlineData("\"soon\"")]
    [InlineData("17")]
    public void What_is_no_instant_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>(json, Json.Options));

    [Theory]
    [InlineData("\"ST_007\"")]
    [InlineData("\"st_001\"")]
    [InlineData("1")]
    public void What_is_no_tag_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<StatusTag>(json, Json.Options));
}
