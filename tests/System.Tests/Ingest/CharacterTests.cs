namespace LStep.System.Tests.Ingest;

/// <summary>What no text can keep becomes U+FFFD, wherever it stands, and the event is taken.</summary>
public class CharacterTests
{
    [Theory]
    [InlineData("""a\u0000b""", "a\uFFFDb")]
    [InlineData("""\ud83c""", "\uFFFD")]
    [InlineData("""\udfc6\ud83c""", "\uFFFD\uFFFD")]
    [InlineData("""\ud83c\ud83c\udfc6""", "\uFFFD🏆")]
    [InlineData("""\ud83cx\u0000""", "\uFFFDx\uFFFD")]
    [InlineData("""\uD83C\n""", "\uFFFD\n")]
    [InlineData("""a\\u0000b""", "a\\u0000b")]
    [InlineData("""\\\\ud83c""", "\\\\ud83c")]
    [InlineData("""\\\u0000""", "\\\uFFFD")]
    [InlineData("""\"\\""", "\"\\")]
    [InlineData("""\ud83c\udfc6""", "🏆")]
    public void Escaped_ones_are_replaced_and_what_only_looks_like_one_is_not(string sent, string kept)
    {
        var parsed = Posted.One(
            $$$"""{"type":"track","userId":"{{{sent}}}","anonymousId":"{{{sent}}}","messageId":"{{{sent}}}","event":"{{{sent}}}"}""");
        Assert.Equal(
            (kept, kept, kept, kept),
            (parsed.CustomerId, parsed.Activity!.AnonymousId, parsed.Activity.MessageId, parsed.Activity.Event));
        Assert.Equal(kept, Posted.Taken(Posted.Track("Lesson Completed", $$"""{"lessonId":"{{sent}}"}""")).Subject);
    }

    [Fact]
    public void They_are_replaced_in_names_and_values_of_properties_and_traits()
    {
        Assert.Equal(
            """{"x\ufffd":["\ufffd",{"\ufffd":1}]}""",
            Posted.Taken(Posted.Track("Login", """{"x\u0000":["\ud83c",{"\udfc6":1}]}""")).Properties);
        Assert.Equal(
            """{"name":"Zo\ufffd"}""", Posted.Taken("""{"type":"identify","userId":"u","traits":{"name":"Zo\u0000"}}""").Properties);
    }

    [Theory]
    [InlineData("C3", "\uFFFD")]
    [InlineData("FF", "\uFFFD")]
    [InlineData("E4", "\uFFFD")]
    [InlineData("C080", "\uFFFD\uFFFD")]
    [InlineData("EDA0BC", "\uFFFD\uFFFD\uFFFD")]
    [InlineData("F0908080", "\U00010000")]
    [InlineData("C3A4", "ä")]
    public void Bytes_that_are_no_utf8_are_replaced(string hex, string kept)
    {
        byte[] message =
            [.. """{"type":"track","userId":"u","messageId":"m\u0000","event":"""u8, (byte)'"', .. Convert.FromHexString(hex), .. "\"}"u8];
        byte[] body = [
            .. """{"batch":["""u8, .. message, .. ""","""u8, .. "{\"type\":\"page\",\"userId\":\"v\"}],\"x\":\""u8, 0xff, .. "\"}"u8];
        var parsed = Posted.Batch(body);
        Assert.Equal([(null, "u"), (null, "v")], parsed.Select(p => (p.Refusal?.Code, p.CustomerId)));
        Assert.Equal((kept, "m\uFFFD"), (parsed[0].Activity!.Event, parsed[0].MessageId));
    }

    [Fact]
    public void Ids_are_counted_as_they_are_kept()
    {
        var nuls = string.Concat(Enumerable.Repeat("""\u0000""", 100));
        Assert.Null(Posted.One($$"""{"type":"track","userId":"u","messageId":"{{nuls}}"}""").Refusal);
        Assert.Equal(
            "message_id_too_long", Posted.One($$"""{"type":"track","userId":"u","messageId":"{{nuls}}\u0000"}""").Refusal?.Code);
    }
}
