using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>
/// Anybody may type anything as a name and sign somebody else's address up. What mail programs would turn into a link is no name, and
/// nothing that a name holds may turn the text around it, hide it or break its line.
/// </summary>
internal static partial class PersonName
{
    private const int CharactersMax = 60;

    /// <returns>Null when it is no name.</returns>
    public static string? Clean(string text)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > CharactersMax) break;
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    kept.Append(' ');
                    break;
                // A joiner shapes letters and emoji; the other invisible ones, bidirectional controls among them, only deceive.
                case UnicodeCategory.Format when rune.Value is not (0x200c or 0x200d):
                case UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                    break;
                default:
                    kept.Append(rune);
                    break;
            }
        }
        var name = Blanks().Replace(kept.ToString(), " ").Trim();
        return name.Length == 0 || Link().IsMatch(text) ? null : name;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    // Ends of domains that mail programs make links of; "Dr.Smith" is a name.
    private const string Domains =
        "com|net|org|info|biz|io|co|ru|cn|xyz|top|site|online|shop|store|app|dev|me|ly|gl|gd|tk|click|link|live|club|vip|pro|cc|tv"
        + "|de|uk|jp|fr|eu|us|in|br";

    [GeneratedRegex(@"://|\bwww\.|@[\w-]+\.|[\w-]{2,}\.(" + Domains + @")\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
