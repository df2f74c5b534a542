using System.Collections.Immutable;

namespace LStep.Domain.Measuring;

/// <summary>
/// Sessions of one business day as runs. Keeping only the first and last moment of each run and joining runs that a
/// moment connects gives the same runs whatever order the moments come in.
/// </summary>
public static class Sessions
{
    static readonly TimeSpan Gap = TimeSpan.FromMinutes(Limits.SessionGapMinutes);

    public static ImmutableArray<SessionRun> Add(ImmutableArray<SessionRun> runs, DateTimeOffset moment)
    {
        // Only the last run that begins at or before the moment and the one after it can be touched.
        var next = runs.Length;
        while (next > 0 && runs[next - 1].First > moment) next--;
        var joinsBefore = next > 0 && moment - runs[next - 1].Last <= Gap;
        var joinsAfter = next < runs.Length && runs[next].First - moment <= Gap;
        if (joinsBefore && joinsAfter)
            return runs.RemoveAt(next).SetItem(next - 1, new SessionRun(runs[next - 1].First, runs[next].Last));
        if (joinsBefore)
            return moment <= runs[next - 1].Last ? runs : runs.SetItem(next - 1, runs[next - 1] with { Last = moment });
        return joinsAfter
            ? runs.SetItem(next, runs[next] with { First = moment })
            : runs.Insert(next, new SessionRun(moment, moment));
    }

    /// <summary>Last minus first, at least one minute.</summary>
    public static long Milliseconds(SessionRun run) =>
        Math.Max((run.Last - run.First).Ticks / TimeSpan.TicksPerMillisecond, 60_000);

    public static long Milliseconds(ImmutableArray<SessionRun> runs)
    {
        var sum = 0L;
        foreach (var run in runs) sum += Milliseconds(run);
        return sum;
    }
}
