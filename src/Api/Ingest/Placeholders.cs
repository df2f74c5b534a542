using System.Collections.Frozen;

namespace LStep.Api.Ingest;

/// <summary>
/// What senders write where they have no id: a variable that was never set, printed. Thousands of strangers share each of them, so none is
/// an id of anybody.
/// </summary>
internal static class Placeholders
{
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
        ["undefined", "null", "nil", "none", "nan", "[object object]", "true", "false"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> AnonymousWords = FrozenSet.ToFrozenSet(
        ["0", "-1", "anonymous", "guest"], StringComparer.OrdinalIgnoreCase);

    private static readonly int LongestChars = Words.Concat(AnonymousWords).Max(word => word.Length);

    private const int UuidDigits = 32;

    /// <param name="field">The field's own name, normalised; a template that was not filled in sends it.</param>
    public static bool IsUser(ReadOnlySpan<char> id, string field)
    {
        id = id.Trim();
        return IsOneOf(Words, id) || IsZeroUuid(id) || IsName(id, field);
    }

    /// <inheritdoc cref="IsUser"/>
    public static bool IsAnonymous(ReadOnlySpan<char> id, string field) => IsUser(id, field) || IsOneOf(AnonymousWords, id.Trim());

    private static bool IsOneOf(FrozenSet<string> words, ReadOnlySpan<char> id) =>
        id.Length <= LongestChars && words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(id);

    /// <summary>With hyphens or without, in braces or not.</summary>
    private static bool IsZeroUuid(ReadOnlySpan<char> id)
    {
        var zeros = id.Count('0');
        return zeros == UuidDigits && id.IndexOfAnyExcept("0-{}") < 0;
    }

    private static bool IsName(ReadOnlySpan<char> id, string field)
    {
        // Room for the name and for what does not matter in it.
        if (id.Length > field.Length + 4) return false;
        Span<char> buffer = stackalloc char[id.Length];
        return buffer[..EventNames.Normalise(id, buffer)].SequenceEqual(field);
    }
}
