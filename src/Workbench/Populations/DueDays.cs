using System.Diagnostics;
using LStep.Grains.Time;
using LStep.Silo;
using LStep.Workbench.Bench;

namespace LStep.Workbench.Populations;

/// <summary>What a change of the business day takes the silo that runs, and one that was away.</summary>
internal sealed class DueDays(SiloUnderTest silo, BenchTime time, Report report)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly record struct Moved(long Rows, long OfBatch, long Customers, long Reviews, long LastId, long LastChange);

    /// <summary>
    /// The clock of a silo that runs is set to midnight: what became due in the hours before is done first, then the run over everybody.
    /// </summary>
    public async Task Daily(CancellationToken cancel)
    {
        var midnight = time.NextMidnight;
        await UntilNothingIsDue(time.Now, cancel);
        var before = await Behind(default, cancel);
        report.Begin("the daily run");
        var watch = Stopwatch.StartNew();
        time.MoveTo(midnight);
        var (started, finished) = await UntilRun(midnight, cancel);
        report.Add("daily run: s from its start to its end; s from midnight to its end",
            $"{(finished - started).TotalSeconds:0.0}; {watch.Elapsed.TotalSeconds:0.0}");
        Tell(await Behind(before, cancel));
    }

    /// <summary>The silo stops, a day passes, and it starts.</summary>
    public async Task Restart(CancellationToken cancel)
    {
        var before = await Behind(default, cancel);
        var watch = Stopwatch.StartNew();
        await silo.StopSilo();
        report.Add("the silo's stop (s)", watch.Elapsed.TotalSeconds, "0.0");
        var midnight = time.NextMidnight;
        time.MoveTo(midnight);
        report.Begin("a start behind a day of due work");
        watch.Restart();
        await silo.StartSilo();
        report.Add("start behind a day of due work: s until ready", watch.Elapsed.TotalSeconds, "0.0");
        await UntilRun(midnight, cancel);
        await UntilNothingIsDue(midnight, cancel);
        report.Add("  s until what was due is done", watch.Elapsed.TotalSeconds, "0.0");
        Tell(await Behind(before, cancel));
    }

    public async Task UntilNothingIsDue(DateTimeOffset instant, CancellationToken cancel)
    {
        while ((await Statements.Rows(silo.Source, "sown_due", row => row.GetInt64(0), cancel, instant.AddMilliseconds(-1)))[0] > 0)
            await Task.Delay(LookEvery, MachineClock.Instance, cancel);
    }

    private async Task<(DateTimeOffset Started, DateTimeOffset Finished)> UntilRun(DateTimeOffset midnight, CancellationToken cancel)
    {
        var id = DueWork.DailyId(DateOnly.FromDateTime(midnight.UtcDateTime));
        while (true)
        {
            var run = await Statements.Rows(silo.Source, "sown_run", row => (
                Started: row.GetFieldValue<DateTimeOffset>(0), Finished: row.IsDBNull(1) ? default : row.GetFieldValue<DateTimeOffset>(1)),
                cancel, id);
            if (run is [{ Finished.Ticks: > 0 } over]) return over;
            await Task.Delay(LookEvery, MachineClock.Instance, cancel);
        }
    }

    private async Task<Moved> Behind(Moved before, CancellationToken cancel) => (await Statements.Rows(silo.Source, "sown_moved",
        row => new Moved(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)),
        cancel, before.LastId, before.LastChange))[0];

    private void Tell(Moved moved) => report.Add("  customers changed; transitions; of them by the run itself; reviews opened or changed",
        $"{moved.Customers:N0}; {moved.Rows:N0}; {moved.OfBatch:N0}; {moved.Reviews:N0}");
}
