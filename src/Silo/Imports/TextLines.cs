using System.Text;

namespace LStep.Silo.Imports;

/// <param name="Text">Without its end; the beginning of one that is too long.</param>
internal readonly record struct TextLine(int Number, string Text, bool IsTooLong);

/// <summary>Lines of a file, of which none is held that is longer than the bound.</summary>
internal static class TextLines
{
    public const int CharsMax = 1 << 20;

    /// <summary>Of what is refused so much is shown.</summary>
    public const int ShownCharsMax = 2_000;

    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Null at the end.</summary>
    public static TextLine? NextLine(this TextChars chars)
    {
        if (chars.Peek() == TextChars.End) return null;
        var number = chars.Line;
        var text = new StringBuilder();
        var isTooLong = false;
        for (var c = chars.Read(); c is not (TextChars.End or '\n'); c = chars.Read())
            if (text.Length < CharsMax) text.Append((char)c);
            else isTooLong = true;
        var line = text.ToString(0, Math.Min(text.Length, isTooLong ? ShownCharsMax : CharsMax));
        return new TextLine(number, number == 1 ? line.TrimStart(ByteOrderMark) : line, isTooLong);
    }

    public static string Shown(string text) => text.Length <= ShownCharsMax ? text : text[..ShownCharsMax];
}
