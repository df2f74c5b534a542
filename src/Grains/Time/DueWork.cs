using System.Collections.Concurrent;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Customers;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Time;

/// <summary>Calls the customer's grain; the arguments are those of <see cref="ICustomerGrain.CatchUp"/>.</summary>
public delegate Task<CatchUpResult> CatchUpCall(string customerId, DateTimeOffset upTo, string? batchId, bool asked);

/// <summary>What has to be done before the evaluations of a business day, the change of day given.</summary>
public delegate Task BeforeDay(DateTimeOffset midnight, CancellationToken cancel);

/// <summary>
/// What time alone makes due. Customers are evaluated in bulk from their rows; only those for whom something comes of it are
/// called, in the order of the due instants. Under the wall clock each shard runs its own part; under a simulated clock one
/// caller runs all of them.
/// </summary>
/// <param name="refresh">Reads the rulebook again; done before a batch that people asked for.</param>
public sealed class DueWork(
    IChecks checks, IBatches batches, CatchUpCall catchUp, BeforeDay beforeDay, Func<Rulebook> rulebook, TimeProvider clock,
    ILogger<DueWork> log, Action<ShadowComparison>? compared = null, Func<CancellationToken, Task>? refresh = null)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<ShardRange, DateTimeOffset> settled = new();

    /// <summary>Everything that became due up to an instant, business midnight by business midnight.</summary>
    /// <param name="reach">
    /// Told each instant before the work due at it is done; a simulated clock moves there, and what others are at is waited for. Without
    /// one the caller looks again soon, and what others are at is left to them.
    /// </param>
    public async Task RunDue(ShardRange shards, DateTimeOffset upTo, Func<DateTimeOffset, Task>? reach, CancellationToken cancel)
    {
        // Switched off, everything stays due: it is made up for when it is on again.
        if (!rulebook().Policy.Enabled) return;
        var calendar = rulebook().Calendar;
        var last = await Settled(shards, cancel);
        for (var midnight = calendar.NextMidnight(last); midnight <= upTo; midnight = calendar.NextMidnight(midnight))
        {
            // What the change of day itself makes due is the batch's: the checks end the millisecond before.
            await RunChecks(shards, midnight.AddMilliseconds(-1), reach, cancel);
            if (reach is not null) await reach(midnight);
            await beforeDay(midnight, cancel);
            var id = DailyId(calendar.DayOf(midnight));
            await batches.Open(id, Batches.Daily, midnight, clock.Now(), cancel);
            await RunBatch(id, midnight, shards, asked: false, untilOver: reach is not null, cancel);
            if (await batches.Settled(shards, clock.Now(), cancel) < midnight) return; // another process is still at it
            settled[shards] = midnight;
        }
        await RunChecks(shards, upTo, reach, cancel);
        if (reach is not null) await reach(upTo);
    }

    /// <summary>Goes on with the batches that people asked for, as far as these shards are concerned.</summary>
    /// <param name="untilOver">Also waits for what others are at.</param>
    public async Task RunRequested(ShardRange shards, CancellationToken cancel, bool untilOver = false)
    {
        // One after the other: two at once would read everybody twice. Where one is left to others, the next has to wait for them.
        string? last = null;
        while (Come(await batches.Unfinished(cancel)) is [var (id, dueAt), ..] && id != last)
        {
            last = id;
            // The change that opened a batch was committed with it; the rules of this process could be a moment older.
            if (refresh is not null) await refresh(cancel);
            await RunBatch(id, dueAt, shards, asked: true, untilOver, cancel);
        }
    }

    /// <summary>Some are opened ahead, for when every process will know why.</summary>
    private List<(string Id, DateTimeOffset DueAt)> Come(List<(string Id, DateTimeOffset DueAt)> opened)
    {
        var now = clock.Now();
        return opened.FindAll(batch => batch.DueAt <= now);
    }

    public static string DailyId(DateOnly day) => $"eval_{day:yyyy-MM-dd}";

    private async Task<DateTimeOffset> Settled(ShardRange shards, CancellationToken cancel) =>
        settled.TryGetValue(shards, out var known) ? known : settled[shards] = await batches.Settled(shards, clock.Now(), cancel);

    private async Task RunBatch(string id, DateTimeOffset dueAt, ShardRange shards, bool asked, bool untilOver, CancellationToken cancel)
    {
        do while (await RunPage(id, dueAt, shards, asked, cancel)) { }
        while (untilOver && await batches.WaitForOthers(id, shards, cancel));
    }

    private async Task RunChecks(ShardRange shards, DateTimeOffset upTo, Func<DateTimeOffset, Task>? reach, CancellationToken cancel)
    {
        while (true)
        {
            var due = await checks.Due(shards, upTo, cancel);
            if (due.Count == 0) return;

            // Behind a full page others wait: no further than its last check, or what comes of theirs would come out of order.
            Telemetry.Evaluated("row", due.Count);
            var isFull = due.Count == TimeLimits.CustomersPerDuePageMax || StoredCustomer.Fill(due, TimeLimits.BytesPerPageMax);
            var end = !isFull ? upTo : due[^1].NextCheckAt!.Value;
            var found = due.ConvertAll(customer => (Customer: customer, Step: Foresee(customer, end)));
            await checks.MoveOn(
                [.. found.Where(f => f.Step is { HasChanges: false }).Select(f => (f.Customer, f.Step!.NextCheckAt))], cancel);
            var called = found.FindAll(f => f.Step is null or { HasChanges: true });
            await Call(called, end, batchId: null, asked: false, reach, cancel);
            // Who was called and still stands at the same version failed: that must not keep the shard from the others.
            await checks.MoveOn([.. called.Select(f => (f.Customer, (DateTimeOffset?)upTo.Add(AskAgainAfter)))], cancel);
        }
    }

    private Task<bool> RunPage(string id, DateTimeOffset dueAt, ShardRange shards, bool asked, CancellationToken cancel) =>
        batches.TakePage(id, dueAt, shards, clock.Now(), async page =>
        {
            Telemetry.Evaluated("row", page.Count);
            var found = page.Select(customer => (Customer: customer, Step: Foresee(customer, dueAt, asked)));
            var result = await Call([.. found.Where(f => f.Step is null or { HasChanges: true })], dueAt, id, asked, reach: null, cancel);
            return asked ? result : result with { Risks = RisksOfDay.Of(page, rulebook().Calendar, dueAt) };
        }, cancel);

    /// <summary>
    /// What would come of it, from the row alone. Null when even that fails: the grain is asked, says so and lists it, and its error is
    /// counted.
    /// </summary>
    private Step? Foresee(StoredCustomer customer, DateTimeOffset upTo, bool asked = false)
    {
        if (!customer.IsReadable) return null;
        try
        {
            var step = Lifecycle.CatchUp(customer.State, rulebook(), upTo, clock.Now(), asked: asked);
            // Who has changes is called, and tells by itself.
            if (step is { HasChanges: false, Shadow: { } comparison }) compared?.Invoke(comparison);
            return step;
        }
        catch (Exception e)
        {
            log.LogError(e, "The row of a customer could not be evaluated as of {UpTo}", upTo);
            return null;
        }
    }

    /// <summary>Calls the grains in the order of what is due: all of one instant together, then the next instant.</summary>
    private async Task<PageResult> Call(
        List<(StoredCustomer Customer, Step? Step)> found, DateTimeOffset upTo, string? batchId, bool asked,
        Func<DateTimeOffset, Task>? reach, CancellationToken cancel)
    {
        var (errors, reviews) = (new ConcurrentDictionary<string, string>(), new ConcurrentDictionary<string, int>());
        var calls = found.SelectMany(f => Instants(f.Step, upTo).Select(at => (At: at, f.Customer.Id)))
            .GroupBy(call => call.At, call => call.Id);
        foreach (var instant in calls.OrderBy(group => group.Key))
        {
            if (reach is not null) await reach(instant.Key);
            var atOnce = new ParallelOptions
            {
                MaxDegreeOfParallelism = GrainLimits.DueCallsMax, TaskScheduler = TaskScheduler.Current, CancellationToken = cancel,
            };
            await Parallel.ForEachAsync(instant, atOnce, async (id, _) =>
            {
                try
                {
                    var result = await catchUp(id, instant.Key, batchId, asked && instant.Key == upTo);
                    if (result.Reviews > 0) reviews[id] = result.Reviews;
                }
                catch (UnreadableCustomerException)
                {
                    errors[id] = UnreadableCustomerException.Code;
                }
                catch (Exception e) when (!TransientFailure.Is(e))
                {
                    errors[id] = e is RefusedByDatabaseException ? RefusedByDatabaseException.Code : "internal_error";
                    log.LogError(e, "A customer could not be evaluated as of {At}; the run goes on", instant.Key);
                }
            });
        }
        return new PageResult(errors, reviews);
    }

    /// <summary>The instants at which something is decided or a review ends; the end where only the state changes.</summary>
    private static IEnumerable<DateTimeOffset> Instants(Step? step, DateTimeOffset upTo)
    {
        if (step is null) return [upTo];
        var decided = step.Decisions.Select(decision => decision.At)
            .Concat(step.Reviews.Select(review => review.ClosedAt).OfType<DateTimeOffset>());
        return decided.Distinct().DefaultIfEmpty(upTo);
    }
}
