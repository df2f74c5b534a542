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
        var today = rulebook.Current.Calendar.DayOf(now);
        var target = await folding.WhereForReader(today, cancel);
        var at = target;
        while (!at.IsPast(target) && Left(began) is var left && left > TimeSpan.Zero)
        {
            try
            {
                // A page that is begun is of use to everybody: it goes on when this reader waits no longer.
                if (!await Next(CancellationToken.None).WaitAsync(left, cancel)) await Task.Delay(AnalyticsLimits.LookAgainMs, cancel);
            }
            catch (TimeoutException)
            {
                break;
            }
            at = await folding.WhereForReader(today, cancel);
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

    private static TimeSpan Left(long began) =>
        TimeSpan.FromMilliseconds(AnalyticsLimits.FollowMsMax) - Stopwatch.GetElapsedTime(began);

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
