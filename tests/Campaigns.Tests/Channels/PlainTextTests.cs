using LStep.Grains.Campaigns.Channels;

namespace LStep.Campaigns.Tests.Channels;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  Hello  ", "Hello")]
    [InlineData("a\r\n\tb", "a b")]
    [InlineData("a\u202eb\u2066c", "abc")]
    [InlineData("山田 花子 😀", "山田 花子 😀")]
    public void A_line_has_no_control_characters_and_nothing_that_turns_it_around(string? text, string expected) =>
        Assert.Equal(expected, PlainText.OneLine(text, 100));

    [Fact]
    public void Half_a_character_is_a_blank() => Assert.Equal("a b", PlainText.OneLine("a\ud83db\udc00", 100));

    [Theory]
    [InlineData("😀😀", 3, "😀")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc")]
    public void A_line_is_cut_between_characters(string text, int charsMax, string expected) =>
        Assert.Equal(expected, PlainText.OneLine(text, charsMax));

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abc…")]
    [InlineData("a😀😀", 4, "a😀…")]
    [InlineData("ab😀😀", 4, "ab…")]
    [InlineData(null, 4, "")]
    public void A_text_that_is_too_long_says_so_by_its_end(string? text, int charsMax, string expected) =>
        Assert.Equal(expected, PlainText.Cut(text, charsMax));
}
