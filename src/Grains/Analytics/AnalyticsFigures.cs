using System.Diagnostics;
using LStep.Grains.Rules;

namespace LStep.Grains.Analytics;

/// <param name="AsOf">The clock's now.</param>
/// <param name="Through">The last ledger id that is counted.</param>
public readonly record struct CountedUpTo(DateTimeOffset AsOf, long Through);

/// <summary>The day tables, as they are to be read.</summary>
public sealed class AnalyticsFigures(Folding folding, RulebookSource rulebook, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim folds = new(1);

    /// <summary>
    /// To be called before figures are read: what was committed before the call is counted after it. After 2 s of counting it answers all
    /// the same, and says how far the figures are.
    /// </summary>
    public async Task<CountedUpTo> UpToDate(CancellationToken cancel)
    {
        var (began, now) = (Stopwatch.GetTimestamp(), clock.Now());
        var target = await folding.Where(rulebook.Current.Calendar.DayOf(now), cancel);
        var at = target;
        while (!at.IsPast(target) && Stopwatch.GetElapsedTime(began).TotalMilliseconds < AnalyticsLimits.FollowMsMax)
        {
            if (!await Next(cancel)) await Task.Delay(AnalyticsLimits.LookAgainMs, cancel);
            at = await folding.Where(rulebook.Current.Calendar.DayOf(now), cancel);
        }
        return new CountedUpTo(now, at.Ledger);
    }

    /// <summary>Counts what waits, until nothing does or another process is at it.</summary>
    internal async Task Follow(CancellationToken cancel)
    {
        while ((await folding.Where(Today, cancel)).Waits)
            if (!await Next(cancel)) return;
    }

    public void Dispose() => folds.Dispose();

    private DateOnly Today => rulebook.Current.Calendar.DayOf(clock.GetUtcNow());

    /// <summary>Of those who want it here one counts, and the others look what is left.</summary>
    private async Task<bool> Next(CancellationToken cancel)
    {
        if (!await folds.WaitAsync(AnalyticsLimits.LookAgainMs, cancel)) return false;
        try
        {
            return await folding.Page(rulebook.Current.Calendar, Today, cancel);
        }
        finally
        {
            folds.Release();
        }
    }
}
