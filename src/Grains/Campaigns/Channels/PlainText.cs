using System.Globalization;
using System.Text;

namespace LStep.Grains.Campaigns.Channels;

/// <summary>Texts of templates and people, made fit for places that hold one line or a bounded text.</summary>
public static class PlainText
{
    /// <summary>
    /// In one line: control characters, line ends and half surrogates become blanks, so that nothing can begin a line of its own. What
    /// turns the reading order around is left out.
    /// </summary>
    public static string OneLine(string? text, int charsMax)
    {
        if (text is null) return "";
        var line = new StringBuilder(Math.Min(text.Length, charsMax));
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = Rune.GetUnicodeCategory(rune);
            if (IsDirection(rune.Value)) continue;
            var blank = kind is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || rune == Rune.ReplacementChar;
            if (line.Length + (blank ? 1 : rune.Utf16SequenceLength) > charsMax) break;
            if (!blank) line.Append(rune.ToString());
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }
        return line.ToString().Trim();
    }

    /// <summary>At most so many UTF-16 code units, cut between characters and marked by an ellipsis.</summary>
    public static string Cut(string? text, int charsMax)
    {
        if (text is null || text.Length <= charsMax) return text ?? "";
        var end = charsMax - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }

    private static bool IsDirection(int rune) => rune is >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069;
}
