namespace LStep.Grains;

/// <summary>
/// Keeps strangers from filling the log: a line a subject and minute, with how many were left out since. Subjects are few at a time; past
/// the bound all are forgotten.
/// </summary>
/// <param name="clock">Only its timestamps count, which are real also where the product lives on a simulated clock.</param>
public sealed class RareLines(TimeProvider clock)
{
    public const int SubjectsMax = 10_000;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (long At, int Unsaid)> subjects = new(StringComparer.Ordinal);

    /// <summary>How many lines were left out since the last one, when one may be written now; else null.</summary>
    public int? Next(string subject)
    {
        lock (subjects)
        {
            var now = clock.GetTimestamp();
            if (subjects.TryGetValue(subject, out var last) && clock.GetElapsedTime(last.At, now) < Every)
            {
                subjects[subject] = last with { Unsaid = last.Unsaid + 1 };
                return null;
            }
            if (subjects.Count >= SubjectsMax) subjects.Clear();
            subjects[subject] = (now, 0);
            return last.Unsaid;
        }
    }
}
