using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Feeds;

/// <summary>
/// What happened, in the order of the ledger, for everybody who watches. One reader a process follows the ledger by id: it polls, so
/// that other nodes' transitions come in, and a local commit nudges it to read at once. A nudge carries nothing: order and
/// completeness come from the ledger alone.
/// </summary>
public sealed class LedgerFeed(FeedReads reads, FeedSignal signal, ILogger<LedgerFeed> log) : BackgroundService
{
    private const string WhenItFails = "The live feed cannot read the ledger, and tries again";

    private readonly TroubleLines troubles = new();
    private readonly SemaphoreSlim nudged = new(0, 1);
    private readonly TaskCompletionSource<Ring<Transition>> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TagCounts? counts;
    private long recountAt;
    private long atEnd = Environment.TickCount64;

    /// <summary>Customers per tag as far as the feed has read; null until the first count.</summary>
    public TagCounts? Counts => Volatile.Read(ref counts);

    /// <summary>The latest transitions; there once the feed found the end of the ledger after the start.</summary>
    public Task<Ring<Transition>> Transitions => started.Task;

    /// <summary>
    /// Since when the feed has not stood at the ledger's end: a fraction of a second, unless the ledger cannot be read or comes faster than
    /// it can be.
    /// </summary>
    public TimeSpan Lag => TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref atEnd));

    /// <summary>Something was committed here: read now, not at the next poll.</summary>
    public void Nudge()
    {
        try
        {
            if (nudged.CurrentCount == 0) nudged.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another commit nudged in the same moment: one reading serves both.
        }
    }

    /// <summary>Somebody left without a row of the ledger: count afresh now.</summary>
    public void Recount()
    {
        Volatile.Write(ref recountAt, 0);
        Nudge();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Follow(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The cursor stands where it was: what happens meanwhile is read afterwards.
                troubles.Failed(log, WhenItFails, e);
                await Task.Delay(FeedLimits.RetryAfterFailureMs, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Follow(CancellationToken cancel)
    {
        if (!started.Task.IsCompleted)
            started.SetResult(
                new Ring<Transition>(FeedLimits.TransitionsKeptMax, await reads.LedgerEnd(cancel), transition => transition.Id));
        var ring = await started.Task;

        while (true)
        {
            if (Environment.TickCount64 >= Volatile.Read(ref recountAt)) await CountAfresh(ring, cancel);

            var reading = Environment.TickCount64;
            var page = await reads.LedgerAfter(ring.End, FeedLimits.LedgerRowsPerReadMax, cancel);
            if (page.Count > 0)
            {
                Volatile.Write(ref counts, Counts?.After(page));
                ring.Append(page);
                signal.Raise();
            }
            troubles.Went(log, WhenItFails);
            if (page.Count == FeedLimits.LedgerRowsPerReadMax) continue;
            Volatile.Write(ref atEnd, reading);

            // A little patience gathers the commits of a burst into one reading.
            if (page.Count > 0) await Task.Delay(FeedLimits.GatherMs, cancel);
            await nudged.WaitAsync(FeedLimits.PollMs, cancel);
        }
    }

    private async Task CountAfresh(Ring<Transition> ring, CancellationToken cancel)
    {
        Volatile.Write(ref recountAt, Environment.TickCount64 + (FeedLimits.RecountMinutes * 60_000L));
        var before = Counts;
        // Counted ahead of the reading: rows up to AsOf change nothing when they are read. Never behind it: the end was read before.
        var fresh = await reads.Counts(cancel);
        Volatile.Write(ref counts, fresh);
        if (!fresh.SameFigures(before) && fresh.AsOf <= ring.End) signal.Raise();
    }
}
