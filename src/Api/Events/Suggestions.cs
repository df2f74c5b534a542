using LStep.Api.Http;
using LStep.Api.Ingest;

namespace LStep.Api.Events;

/// <summary>
/// Finds the known name that an unknown one is close to: other order, another form of a word, a word of the same meaning, a slip of the
/// pen. It only ever suggests; a person decides.
/// </summary>
public static class Suggestions
{
    private const int SlipsMax = 2;

    /// <summary>A shorter name has one slip at most: two would make it nearly any other.</summary>
    private const int CharsForTwoSlips = 9;

    /// <summary>Who did it says nothing about what was done.</summary>
    private static readonly string[] SaysNothing =
        ["user", "student", "learner", "customer", "member", "the", "a", "an", "was", "has", "event"];

    private static readonly Dictionary<string, string> SameMeaning = new (string Word, string[] Others)[]
    {
        ("completed", ["complete", "completes", "completion", "finished", "finish", "done", "passed", "ended", "taken", "took", "take",
            "submitted", "submit", "attempted"]),
        ("created", ["create", "made", "make", "added", "add", "posted", "published", "asked", "ask", "given", "give", "wrote"]),
        ("lesson", ["lessons", "lecture", "topic", "unit"]),
        ("assessment", ["quiz", "test", "exam", "assessments", "quizzes"]),
        ("viewed", ["view", "visited", "visit"]),
        ("played", ["play", "watched", "watch", "streamed"]),
        ("used", ["use", "activated"]),
        ("in", ["on"]), ("logged", ["log", "signed", "sign"]),
    }.SelectMany(row => row.Others, (row, other) => (other, row.Word)).ToDictionary();

    private static readonly (string Name, string Plain, Suggestion Suggestion)[] Known =
        [.. EventTable.Names.Select(row => (EventNames.Key(row.Name), Plain(row.Name), new Suggestion(row.Name, SnakeCase.Of(row.Type))))];

    /// <summary>Null when nothing is close.</summary>
    public static Suggestion? For(string name)
    {
        var (key, plain) = (EventNames.Key(name), Plain(name));
        // Of several whose words mean the same, the one that is spelt most alike.
        var (best, least) = ((Suggestion?)null, (Slips: SlipsMax + 1, Spelling: 0));
        foreach (var known in Known)
        {
            var spelling = Slips(key, known.Name);
            var found = (Slips: Math.Min(spelling, Slips(plain, known.Plain)), Spelling: spelling);
            if (found.CompareTo(least) < 0) (best, least) = (known.Suggestion, found);
        }
        return best;
    }

    /// <summary>The words that matter, each in one form, in one order.</summary>
    private static string Plain(string name) => string.Concat(
        FirstWords.Of(name).Where(word => !SaysNothing.Contains(word)).Select(word => SameMeaning.GetValueOrDefault(word, word))
            .Order(StringComparer.Ordinal));

    /// <summary>Letters that were left out, added, changed or swapped with the next; more than the most when there are too many.</summary>
    private static int Slips(string one, string other)
    {
        var most = Math.Min(one.Length, other.Length) >= CharsForTwoSlips ? SlipsMax : 1;
        if (Math.Abs(one.Length - other.Length) > most) return SlipsMax + 1;
        int[] beforeLast = [], last = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 1; i <= one.Length; i++)
        {
            var row = new int[other.Length + 1];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }
            (beforeLast, last) = (last, row);
        }
        return last[^1] <= most ? last[^1] : SlipsMax + 1;
    }
}
