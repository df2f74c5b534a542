using System.Text;
using LStep.Api.Ingest;

namespace LStep.System.Tests.Ingest;

public class RefusalTests
{
    [Theory]
    [InlineData("""17""", "not_an_object")]
    [InlineData("""[]""", "not_an_object")]
    [InlineData("""null""", "not_an_object")]
    [InlineData("""{}""", "no_id")]
    [InlineData("""{"type":"track","event":"Login"}""", "no_id")]
    [InlineData("""{"type":"track","event":"Login","userId":"","anonymousId":"  "}""", "no_id")]
    [InlineData("""{"type":"alias","previousId":"a"}""", "no_id")]
    [InlineData("""{"userId":"u","event":"Login"}""", "unknown_type")]
    [InlineData("""{"type":"Tracks","userId":"u"}""", "unknown_type")]
    [InlineData("""{"type":7,"userId":"u"}""", "unknown_type")]
    [InlineData("""{"type":"track","userId":{"id":1}}""", "wrong_type")]
    [InlineData("""{"type":"track","userId":true}""", "wrong_type")]
    [InlineData("""{"type":"track","userId":"u","event":["Login"]}""", "wrong_type")]
    [InlineData("""{"type":"track","userId":"u","messageId":[]}""", "wrong_type")]
    [InlineData("""{"type":"track","userId":"u","properties":[1]}""", "wrong_type")]
    [InlineData("""{"type":"identify","userId":"u","traits":"Pro"}""", "wrong_type")]
    [InlineData("""{"type":"track","userId":"u","event":"Quiz Completed","properties":{"score":101}}""", "score_out_of_range")]
    [InlineData("""{"type":"track","userId":"u","event":"Quiz Completed","properties":{"score":-0.1}}""", "score_out_of_range")]
    [InlineData("""{"type":"track","userId":"u","event":"Quiz Completed","properties":{"score":1e999}}""", "score_out_of_range")]
    [InlineData("""{"type":"track","userId":"u","event":"Quiz Completed","properties":{"score":"good"}}""", "score_out_of_range")]
    [InlineData("""{"type":"track","userId":"u","event":"NPS Submitted","properties":{"score":11}}""", "score_out_of_range")]
    [InlineData("""{"type":"track","userId":"u","timestamp":"yesterday"}""", "unreadable_date")]
    [InlineData("""{"type":"track","userId":"u","timestamp":"2026-02-30"}""", "unreadable_date")]
    [InlineData("""{"type":"track","userId":"u","timestamp":"0001-01-01T00:00:00Z"}""", "unreadable_date")]
    [InlineData("""{"type":"track","userId":"u","timestamp":"+275760-09-13T00:00:00.000Z"}""", "unreadable_date")]
    [InlineData("""{"type":"track","userId":"u","timestamp":-1}""", "unreadable_date")]
    [InlineData("""{"type":"track","userId":"u","timestamp":{}}""", "unreadable_date")]
    [InlineData("""{"type":"track","userId":"u","timestamp":"2026-03-01","sentAt":"soon"}""", "unreadable_date")]
    [InlineData("""{"type":"track","userId":"u","event":"a\u0000b"}""", "nul_character")]
    [InlineData("""{"type":"track","userId":"u\u0000"}""", "nul_character")]
    [InlineData("""{"type":"track","userId":"u","properties":{"deep":[{"x\u0000":1}]}}""", "nul_character")]
    [InlineData("""{"type":"track","userId":"u","event":"\ud83c"}""", "lone_surrogate")]
    [InlineData("""{"type":"track","userId":"u","event":"\udfc6\ud83c"}""", "lone_surrogate")]
    [InlineData("""{"type":"track","userId":"u","properties":{"x":"\ud83cx"}}""", "lone_surrogate")]
    public void An_event_is_refused_with_a_code(string json, string code) => Assert.Equal(code, Posted.One(json).Refusal?.Code);

    [Theory]
    [InlineData("""{"type":"track","userId":"u","event":"a\\u0000b"}""")]
    [InlineData("""{"type":"track","userId":"u","event":"\ud83c\udfc6"}""")]
    [InlineData("""{"type":"track","userId":"u","event":"\\\\ud83c"}""")]
    [InlineData("""{"type":"track","userId":"u","event":"\"\\"}""")]
    public void What_only_looks_like_a_bad_character_is_taken(string json) => Assert.Null(Posted.One(json).Refusal);

    [Theory]
    [InlineData("messageId", 101, "message_id_too_long")]
    [InlineData("userId", 129, "id_too_long")]
    [InlineData("anonymousId", 129, "id_too_long")]
    [InlineData("previousId", 129, "id_too_long")]
    public void Ids_have_a_largest_size(string field, int chars, string code)
    {
        var parsed = Posted.One($$"""{"type":"track","event":"x","anonymousId":"a","{{field}}":"{{new string('x', chars)}}"}""");
        Assert.Equal(code, parsed.Refusal?.Code);
    }

    [Theory]
    [InlineData(32 * 1024, null)]
    [InlineData(32 * 1024 + 1, "event_too_large")]
    public void An_event_has_a_largest_size(int bytes, string? code)
    {
        var empty = Posted.Track("Login", """{"x":""}""");
        var full = Posted.Track("Login", $$"""{"x":"{{new string('x', bytes - empty.Length)}}"}""");
        Assert.Equal(bytes, Encoding.UTF8.GetByteCount(full));
        var parsed = Posted.One(full);
        Assert.Equal((code, "m1", "u1"), (parsed.Refusal?.Code, parsed.MessageId, parsed.CustomerId));
    }

    [Fact]
    public void A_refused_event_does_not_hold_up_the_others_of_its_batch()
    {
        var parsed = Posted.Batch("""
            {"batch":[{"type":"track","userId":"a","event":"Login"}, 5, {"type":"track","event":"Login","messageId":"bad"},
                      {"type":"page","userId":"b"}], "writeKey":"k"}
            """);
        Assert.Equal([null, "not_an_object", "no_id", null], parsed.Select(p => p.Refusal?.Code));
        Assert.Equal("bad", parsed[2].MessageId);
    }

    [Theory]
    [InlineData("", "malformed")]
    [InlineData("   ", "malformed")]
    [InlineData("[]", "malformed")]
    [InlineData("null", "malformed")]
    [InlineData("{", "malformed")]
    [InlineData("""{"batch":[]} {"batch":[]}""", "malformed")]
    [InlineData("""{"batch":[{"type":"track",}]}""", "malformed")]
    [InlineData("{}", "missing_batch")]
    [InlineData("""{"batch":{}}""", "missing_batch")]
    [InlineData("""{"batch":null}""", "missing_batch")]
    public void A_body_that_is_no_batch_is_refused_whole(string body, string code) =>
        Assert.Equal(code, Assert.Throws<MalformedBodyException>(() => Posted.Batch(body)).Code);

    [Fact]
    public void Bad_utf8_is_refused_whole()
    {
        byte[] badUtf8 = [.. """{"batch":[{"userId":" """u8, 0xff, .. "\"}]}"u8];
        Assert.Equal("malformed", Assert.Throws<MalformedBodyException>(() => Posted.Batch(badUtf8)).Code);
    }

    [Theory]
    [InlineData(62, null)]
    [InlineData(63, "too_deep")]
    [InlineData(10_000, "too_deep")]
    [InlineData(1_000_000, "event_too_large")]
    public void A_deep_event_is_refused_alone(int arrays, string? code)
    {
        var deep = Posted.Track("Login", $$"""{"x":{{new string('[', arrays)}}{{new string(']', arrays)}}}""");
        Assert.Equal([code, null], Posted.Batch($$"""{"batch":[{{deep}},{{Posted.Track("Login")}}]}""").Select(p => p.Refusal?.Code));
        Assert.Equal(code, Posted.One(deep).Refusal?.Code);
    }

    [Fact]
    public void A_deep_sentAt_of_the_batch_is_an_unreadable_date_of_each_event()
    {
        var parsed = Posted.Batch(
            $$"""{"sentAt":{{new string('[', 100)}}{{new string(']', 100)}},"batch":[{{Posted.Track("Login", more: ",\"timestamp\":\"2026-03-01\"")}}]}""");
        Assert.Equal("unreadable_date", Assert.Single(parsed).Refusal?.Code);
    }

    [Fact]
    public void A_batch_has_a_largest_number_of_events()
    {
        Assert.Equal(2_500, Posted.Batch(Of(2_500)).Length);
        Assert.Equal("too_many_events", Assert.Throws<MalformedBodyException>(() => Posted.Batch(Of(2_501))).Code);

        static string Of(int events) => $$"""{"batch":[{{string.Join(',', Enumerable.Repeat("{}", events))}}]}""";
    }
}
