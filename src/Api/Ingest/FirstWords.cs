using System.Collections.Frozen;

namespace LStep.Api.Ingest;

/// <summary>
/// What others do to a learner is told by the first whole words of an event's name, so that "Accounting Quiz" is not taken for something
/// of an account. Words end at white space, '_', '-' and where a capital begins a new one; "E-Mail" is as good as "Email".
/// </summary>
internal static class FirstWords
{
    /// <summary>Channels by which messages reach a learner.</summary>
    public static readonly string[] Channels = ["email", "push", "pushnotification", "sms", "inapp", "inappmessage"];

    private static readonly string[] Matters =
        ["subscription", "invoice", "payment", "charge", "refund", "account", "trial", "experiment", "support"];

    private static readonly FrozenSet<string> Known = Channels.Concat(Matters).ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Known.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly int LongestChars = Known.Max(words => words.Length);

    /// <summary>The longest beginning that is known, in lower case without what parts its words, and where in the name it ends.</summary>
    public static bool TryFind(ReadOnlySpan<char> name, out string words, out int end)
    {
        (words, end) = ("", 0);
        Span<char> buffer = stackalloc char[LongestChars];
        var length = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (EventNames.IsBlank(name[i])) continue;
            if (length == buffer.Length) break;
            buffer[length++] = char.ToLowerInvariant(name[i]);
            if (EndsWord(name, i + 1) && Lookup.TryGetValue(buffer[..length], out var found)) (words, end) = (found, i + 1);
        }
        return end > 0;
    }

    /// <summary>In lower case, in their order.</summary>
    public static IEnumerable<string> Of(string name)
    {
        var start = 0;
        for (var i = 0; i < name.Length; i++)
            if (EventNames.IsBlank(name[i]))
            {
                start = i + 1;
            }
            else if (EndsWord(name, i + 1))
            {
                yield return name[start..(i + 1)].ToLowerInvariant();
                start = i + 1;
            }
    }

    private static bool EndsWord(ReadOnlySpan<char> name, int at)
    {
        if (at == name.Length || EventNames.IsBlank(name[at])) return true;
        if (!char.IsUpper(name[at])) return false;
        // The last capital of several begins a word where a small letter follows it: SMS|Delivered.
        return !char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1]));
    }
}
