using System.Text;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Links;

namespace LStep.Campaigns.Tests.Links;

public sealed class LinkTokenTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("a key of the tests, 32 bytes long");

    public static TheoryData<LinkPurpose> Purposes => [LinkPurpose.Open, LinkPurpose.Click, LinkPurpose.Unsubscribe];

    [Theory]
    [MemberData(nameof(Purposes))]
    public void What_was_signed_is_read_again_for_its_own_purpose_alone(LinkPurpose purpose)
    {
        foreach (var id in new[] { 0, 1, 42, long.MaxValue })
        {
            var token = Of(purpose, id);
            var text = LinkTokens.Write(Key, token);
            Assert.Equal(token, LinkTokens.Read(Key, purpose, text));
            foreach (var other in Enum.GetValues<LinkPurpose>().Where(one => one != purpose))
                Assert.Null(LinkTokens.Read(Key, other, text));
            Assert.Null(LinkTokens.Read([.. Key.Reverse()], purpose, text));
            Assert.Matches("^[A-Za-z0-9_-]+$", text);
        }
    }

    [Theory]
    [MemberData(nameof(Purposes))]
    public void No_other_text_is_a_token(LinkPurpose purpose)
    {
        var text = LinkTokens.Write(Key, Of(purpose, 42));
        for (var i = 0; i < text.Length; i++)
            foreach (var c in "AZaz09-_=+/ .%\0\u00E9")
                if (text[i] != c) Assert.Null(LinkTokens.Read(Key, purpose, text[..i] + c + text[(i + 1)..]));
        for (var i = 0; i < text.Length; i++) Assert.Null(LinkTokens.Read(Key, purpose, text[..i]));
        foreach (var other in new[] { text + "A", text + "=", " " + text, text + text, "", "none", new string('A', 100_000) })
            Assert.Null(LinkTokens.Read(Key, purpose, other));
    }

    [Fact]
    public void An_open_and_an_unsubscribe_link_are_short() =>
        Assert.All(
            [Of(LinkPurpose.Open, 1), Of(LinkPurpose.Unsubscribe, 1)], token => Assert.True(LinkTokens.Write(Key, token).Length <= 36));

    [Theory]
    [InlineData("https://school.example/a?b=c&d=%2F#e", "https://school.example/a?b=c&d=%2F#e")]
    [InlineData("http://school.example", "http://school.example")]
    [InlineData("HTTPS://school.example:8443/", "HTTPS://school.example:8443/")]
    [InlineData("https://school.example/a b", "https://school.example/a%20b")]
    [InlineData("https://学校.example/講座", "https://xn--48s290a.example/%E8%AC%9B%E5%BA%A7")]
    [InlineData("mailto:a@school.example", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("ftp://school.example/", null)]
    [InlineData("//school.example/", null)]
    [InlineData("/lessons", null)]
    [InlineData("https://", null)]
    [InlineData("https://ada:secret@school.example/", null)]
    [InlineData("", null)]
    public void Only_addresses_of_the_web_are_led_to(string text, string? target) => Assert.Equal(target, LinkTokens.TargetIn(text));

    [Fact]
    public void What_is_led_to_never_ends_a_header_and_is_never_too_long()
    {
        var ends = LinkTokens.TargetIn("https://school.example/a\r\nSet-Cookie: a=b");
        Assert.True(ends is null || !ends.AsSpan().ContainsAny('\r', '\n', ' '));
        Assert.NotNull(LinkTokens.TargetIn("https://school.example/" + new string('a', LinkTokens.TargetBytesMax - 23)));
        Assert.Null(LinkTokens.TargetIn("https://school.example/" + new string('a', LinkTokens.TargetBytesMax - 22)));
        Assert.Null(LinkTokens.TargetIn("https://school.example/" + new string('é', 1_000)));
    }

    private static LinkToken Of(LinkPurpose purpose, long id) => purpose switch
    {
        LinkPurpose.Click => new LinkToken(purpose, id, Target: "https://school.example/lessons/7?from=mail"),
        LinkPurpose.Unsubscribe => new LinkToken(purpose, id, Channel.Email),
        _ => new LinkToken(purpose, id),
    };
}
