using LStep.Api.Http;

namespace LStep.System.Tests.Http;

public sealed class CursorTests
{
    private static readonly Cursors Cursors = new([1, 2, 3]);

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("with/slash and \"quotes\"\nand a line")]
    [InlineData("日本語 🌱")]
    public void A_cursor_gives_back_its_place(string place)
    {
        Assert.True(Cursors.TryRead("customers", Cursors.Of("customers", place, "7"), 2, out var parts));
        Assert.Equal([place, "7"], parts);
    }

    [Fact]
    public void A_cursor_of_another_list_is_refused() =>
        Assert.False(Cursors.TryRead("reviews", Cursors.Of("customers", "a"), 1, out _));

    [Fact]
    public void A_cursor_with_any_character_changed_is_refused()
    {
        var cursor = Cursors.Of("customers", "learner-1");
        for (var i = 0; i < cursor.Length; i++)
        {
            var changed = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            // The last character may carry bits that no byte uses.
            if (i == cursor.Length - 1 && Cursors.TryRead("customers", changed, 1, out var same) && same is ["learner-1"]) continue;
            Assert.False(Cursors.TryRead("customers", changed, 1, out _), changed);
        }
    }

    [Fact]
    public void A_cursor_of_another_installation_is_refused() =>
        Assert.False(Cursors.TryRead("customers", new Cursors([3, 2, 1]).Of("customers", "a"), 1, out _));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("!!!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAA")]
    [InlineData("ä")]
    public void Text_that_is_no_cursor_is_refused(string text) => Assert.False(Cursors.TryRead("customers", text, 1, out _));
}
