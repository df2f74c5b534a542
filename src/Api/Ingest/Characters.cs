using System.Globalization;

namespace LStep.Api.Ingest;

/// <summary>Finds escaped characters that JSON allows and PostgreSQL cannot keep.</summary>
internal static class Characters
{
    /// <summary>The refusal of the first escaped NUL or half character of a message, or null.</summary>
    public static Refusal? Find(ReadOnlySpan<byte> message)
    {
        for (var rest = message; ;)
        {
            var at = rest.IndexOf((byte)'\\');
            if (at < 0) return null;
            if (!TryUnit(rest[at..], out var unit))
            {
                rest = rest[(at + 2)..];
                continue;
            }
            rest = rest[(at + 6)..];
            if (unit == '\0') return Refusal.NulCharacter;
            if (!char.IsSurrogate(unit)) continue;
            if (char.IsLowSurrogate(unit) || !TryUnit(rest, out var low) || !char.IsLowSurrogate(low)) return Refusal.LoneSurrogate;
            rest = rest[6..];
        }
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

    /// <summary>A text for the list of refused events: bounded, and without what cannot be stored.</summary>
    public static string? Storable(string? text, int charsMax)
    {
        if (text is null) return null;
        var end = Math.Min(text.Length, charsMax);
        if (end < text.Length && char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end].Replace('\0', '\uFFFD');
    }
}
