namespace LStep.Domain.Deciding;

/// <summary>Which known name somebody probably meant.</summary>
static class Nearest
{
    const int CharsMax = 64;
    const int CharsShownMax = 60;

    /// <summary>Null when none is close. Case and what is neither letter nor digit do not matter.</summary>
    public static string? Of(string text, IEnumerable<string> known)
    {
        if (text.Length > CharsMax) return null;
        var plain = Plain(text);
        var (best, least) = ((string?)null, Math.Max(2, plain.Length / 3) + 1);
        foreach (var name in known)
        {
            var other = Plain(name);
            // "engagement" means engagement_score, however many letters are missing.
            var slips = plain.Length >= 4 && other.StartsWith(plain, StringComparison.Ordinal) ? 1 : Slips(plain, other);
            if (slips < least) (best, least) = (name, slips);
        }
        return best;
    }

    /// <summary>" Did you mean 'x'?", or nothing.</summary>
    public static string Question(string text, IEnumerable<string> known) =>
        Of(text, known) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>What a stranger wrote, in a sentence of ours.</summary>
    public static string Cut(string text) => text.Length <= CharsShownMax ? text : text[..CharsShownMax] + "…";

    static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Letters to put in, take out or change.</summary>
    static int Slips(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++) row[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = corner + (from[i - 1] == to[j - 1] ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.Length];
    }
}
