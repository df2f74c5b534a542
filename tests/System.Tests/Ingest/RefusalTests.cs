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
    [InlineData("""{"type":"track","event":"Login","userId":[],"anonymousId":{}}""", "no_id")]
    [InlineData("""{"type":"track","event":"Login","anonymousId":"undefined"}""", "no_id")]
    [InlineData("""{"type":"track","event":"Login","userId":"undefined"}""", "placeholder_id")]
    [InlineData("""{"type":"track","event":"Login","userId":"undefined","anonymousId":"a"}""", "placeholder_id")]
    [InlineData("""{"type":"track","userId":{"id":1}}""", "placeholder_id")]
    [InlineData("""{"type":"track","userId":["u"]}""", "placeholder_id")]
    [InlineData("""{"type":"track","userId":true}""", "placeholder_id")]
    [InlineData("""{"userId":"u"}""", "unknown_type")]
    [InlineData("""{"type":"Tracks","userId":"u"}""", "unknown_type")]
    [InlineData("""{"type":7,"userId":"u"}""", "unknown_type")]
    [InlineData("""{"type":"track","userId":"u","event":"Quiz Completed","properties":{"score":101}}""", "score_out_of_range")]
    [InlineData("""{"type":"track","userId":"u","event":"Quiz Completed","properties":{"score":-0.1}}""", "score_out_of_range")]
    [InlineData("""{"type":"track","userId":"u","event":"Quiz Completed","properties":{"score":1e999}}""", "score_out_of_range")]
    [InlineData("""{"type":"track","userId":"u","event":"NPS Submitted","properties":{"score":11}}""", "score_out_of_range")]
    [InlineData("""{"type":"track","userId":"u","timestamp":"yesterday"}""", "unreadable_date")]
    [InlineData("""{"type":"track","userId":"u","timestamp":"2026-02-30"}""", "unreadable_date")]
    [InlineData("""{"type":"track","userId":"u","timestamp":"+275760-09-13T00:00:00.000Z"}""", "unreadable_date")]
    [InlineData("""{"type":"track","userId":"u","timestamp":{"seconds":5}}""", "unreadable_date")]
    public void An_event_is_refused_with_a_code(string json, string code) => Assert.Equal(code, Posted.One(json).Refusal?.Code);

    [Theory]
    [InlineData("messageId", 101, "message_id_too_long")]
    [InlineData("userId", 129, "id_too_long")]
    [InlineData("anonymousId", 129, "id_too_long")]
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

    [Theory]
    [InlineData(10_000, null)]
    [InlineData(1_000_000, "event_too_large")]
    public void A_deep_event_holds_up_nobody(int arrays, string? code)
    {
        var deep = Posted.Track("Login", $$"""{"x":{{new string('[', arrays)}}{{new string(']', arrays)}}}""");
        Assert.Equal([code, null], Posted.Batch($$"""{"batch":[{{deep}},{{Posted.Track("Login")}}]}""").Select(p => p.Refusal?.Code));
        Assert.Equal(code, Posted.One(deep).Refusal?.Code);
    }

    [Fact]
    public void A_batch_has_a_largest_number_of_events()
    {
        Assert.Equal(2_500, Posted.Batch(Of(2_500)).Length);
        Assert.Equal("too_many_events", Assert.Throws<MalformedBodyException>(() => Posted.Batch(Of(2_501))).Code);

        static string Of(int events) => $$"""{"batch":[{{string.Join(',', Enumerable.Repeat("{}", events))}}]}""";
    }
}
