using LStep.Grains.Customers.Journaling;
using LStep.Grains.Rules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Time.Daily;

/// <summary>
/// Keeps the daily rows within a minute of the log, and the partitions of the log ahead of the clock. Runs on real time also where the
/// product lives on a simulated clock.
/// </summary>
public sealed class DailyRowsWorker(
    DailyRows rows, Partitions partitions, RulebookSource rulebook, TimeProvider clock, ILogger<DailyRowsWorker> log)
    : RepeatedWork(TimeSpan.FromSeconds(FollowEverySeconds), atOnce: false, "The daily rows could not follow the log", log)
{
    /// <summary>
    /// A reader makes the rows of recent days from the state itself; the longer the worker waits, the fewer rows it makes more than once.
    /// Rows may trail the log by 60 s: the other half is for the round itself.
    /// </summary>
    private const int FollowEverySeconds = 30;

    protected override async Task Once(CancellationToken stopping)
    {
        await partitions.MakeAhead(clock.GetUtcNow());
        await rows.Round(rulebook.Current.Calendar, stopping);
    }
}
