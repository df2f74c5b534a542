using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace LStep.Api.Ingest;

/// <summary>What senders write and no text can keep, here or in PostgreSQL: NUL, half surrogates, bytes that are no UTF-8.</summary>
public static class Characters
{
    private static ReadOnlySpan<byte> Replacement => "\\ufffd"u8;

    /// <summary>The message with U+FFFD in the place of each; the very same bytes when it has none, as nearly always.</summary>
    public static ReadOnlySpan<byte> Mended(ReadOnlySpan<byte> message)
    {
        var isValid = Utf8.IsValid(message);
        var at = isValid ? NextUnkeepable(message, 0) : 0;
        if (at < 0) return message;
        // Decoding puts U+FFFD in the place of what is no UTF-8.
        var mended = isValid ? message.ToArray() : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message));
        for (at = NextUnkeepable(mended, 0); at >= 0; at = NextUnkeepable(mended, at + Replacement.Length))
            Replacement.CopyTo(mended.AsSpan(at));
        return mended;
    }

    /// <summary>Where the next escaped NUL or half character of a JSON text begins, or -1.</summary>
    private static int NextUnkeepable(ReadOnlySpan<byte> json, int from)
    {
        for (var at = from; json[at..].IndexOf((byte)'\\') is >= 0 and var found;)
        {
            at += found;
            if (!TryUnit(json[at..], out var unit))
            {
                at = Math.Min(at + 2, json.Length);
                continue;
            }
            if (unit == '\0') return at;
            at += Replacement.Length;
            if (!char.IsSurrogate(unit)) continue;
            if (char.IsLowSurrogate(unit) || !TryUnit(json[at..], out var low) || !char.IsLowSurrogate(low)) return at - Replacement.Length;
            at += Replacement.Length;
        }
        return -1;
    }

    /// <summary>Whether the text begins with \uXXXX.</summary>
    private static bool TryUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length < 6 || text[0] != '\\' || text[1] != 'u') return false;
        var read = ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        unit = (char)value;
        return read;
    }

    /// <summary>Counts characters as people and PostgreSQL do: one for a pair of surrogates.</summary>
    public static bool MoreThan(this string text, int max)
    {
        if (text.Length <= max) return false;
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count > max;
    }

    /// <summary>The first so many characters, never half of one.</summary>
    public static string Cut(this string text, int charsMax)
    {
        if (text.Length <= charsMax) return text;
        return text[..(char.IsHighSurrogate(text[charsMax - 1]) ? charsMax - 1 : charsMax)];
    }

    /// <summary>A text for the list of refused events: bounded, and without what cannot be stored.</summary>
    public static string? Storable(string? text, int charsMax) => text?.Cut(charsMax).Replace('\0', '\uFFFD');
}
