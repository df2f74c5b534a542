using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Packing;
using LStep.Grains.Customers.Journaling;

namespace LStep.Grains.Customers;

/// <summary>
/// The turns of one customer. Each decides purely, commits, adopts the new state, notifies, in that order; the caller is answered last.
/// Nothing here is trusted with the data: a commit that finds another version is re-read and decided again.
/// </summary>
public sealed class CustomerTurns(string customerId, ICustomers customers, IJournal journal, TimeProvider clock, ITurnsOwner owner)
{
    private readonly OneAtATime turn = new();
    private GatheredCalls? gathering;
    private RestingCustomer? known;
    private bool isDoubted, isErased;
    private string doubt = "";

    public string CustomerId => customerId;

    public bool IsKnown => known is not null;

    /// <summary>The customer's state as last committed or loaded; null when it is not known. Unpacked anew at each call.</summary>
    public CustomerState? State() => known?.Unpack();

    public async Task Load(CancellationToken cancel)
    {
        try
        {
            var state = await customers.Load(customerId, cancel);
            (known, isErased) = (state is null ? null : new RestingCustomer(customerId, PackedCustomer.Of(state)), false);
        }
        catch (ErasedCustomerException)
        {
            (known, isErased) = (null, true);
        }
    }

    public Task<Receipt> Record(IReadOnlyList<Activity> activities)
    {
        if (gathering is { } open && open.HasRoomFor(activities.Count)) return open.Add(activities);
        var calls = gathering = new GatheredCalls();
        var recorded = calls.Add(activities);
        _ = Record(calls);
        return recorded;
    }

    /// <summary>The customer must be known. Answers what was found before it was acted on.</summary>
    public Task<EvaluationView?> Evaluate(Person? by) => Alone(async () =>
    {
        if (State() is not { } before) return null; // erased while this waited
        var explained = Lifecycle.Explain(before, owner.Rulebook, clock.Now());
        Telemetry.Evaluated("asked");
        return await Known(() => Turn((state, now) => new(Lifecycle.Evaluate(state!, owner.Rulebook, now, by)))) is null ? null : explained;
    });

    /// <summary>
    /// Lets the customer be erased, and ends: nothing else is under way for it meanwhile, and what waits is told that it is gone.
    /// </summary>
    /// <param name="erase">Answers null when there is no such customer.</param>
    public Task<ErasureReceipt?> Erase(Func<Task<ErasureReceipt?>> erase) => Alone(async () =>
    {
        try
        {
            var receipt = await erase();
            if (receipt is not null) (known, isErased) = (null, true);
            return receipt;
        }
        catch (Exception e)
        {
            (isDoubted, doubt) = (true, e.Message);
            throw;
        }
        finally
        {
            owner.Doubted();
        }
    });

    /// <summary>Something must be due by the customer's row: who is not known here came into being through another process.</summary>
    public async Task<CatchUpResult> CatchUp(DateTimeOffset upTo, string? batchId, bool asked)
    {
        if (!IsKnown) await Alone(async () =>
        {
            if (!IsKnown) await Load(CancellationToken.None);
            return true;
        });
        if (!IsKnown) return default;
        Telemetry.Evaluated("time");
        var step = await Alone(() => Known(() => Turn(async (state, now) =>
        {
            var step = Made(state);
            if (step.HasChanges) return step;
            // Its row says otherwise. Where another process moved the customer on, nothing but this would ever tell us.
            await Load(CancellationToken.None);
            return Made(State());

            Step Made(CustomerState? state) =>
                Lifecycle.CatchUp(state ?? throw new ErasedCustomerException(), owner.Rulebook, upTo, now, batchId, asked: asked);
        }, CommitKind.TimeDriven)));
        return step is null ? default
            : new CatchUpResult(step.Transitions.Length, step.OpenedReviews.Count());
    }

    /// <summary>Null where the customer was erased meanwhile.</summary>
    private static async Task<Step?> Known(Func<Task<Step>> turn)
    {
        try
        {
            return await turn();
        }
        catch (ErasedCustomerException)
        {
            return null;
        }
    }

    public Task<ActResult> Act(CustomerAct act) => Alone(async () =>
    {
        Acted? acted = null;
        var step = !IsKnown ? null : await Known(() => Turn(async (state, now) =>
        {
            var history = act is UndoTransitions ? await customers.History(customerId) : default;
            acted = Lifecycle.Act(state ?? throw new ErasedCustomerException(), act, owner.Rulebook, now, history);
            return acted.Step;
        }));
        if (step is null) return new ActResult(ActRefusal.Unknown, []); // erased while this waited
        var rows = acted!.Refusal == ActRefusal.None ? step.Transitions.Where(row => row.AssignedBy == act.By.AssignedBy) : [];
        return new ActResult(acted.Refusal, [.. rows.Select(row => row.Number)], acted.MovedOn);
    });

    /// <summary>
    /// The turn that every activity takes: of few layers, since each that waits is an object and a task of the activation's scheduler.
    /// </summary>
    private async Task Record(GatheredCalls calls)
    {
        if (turn.Begin() is { } before) await before;
        try
        {
            if (gathering == calls) gathering = null; // who comes from now on goes into the next
            Telemetry.Evaluated("activity");
            var activities = calls.Activities;
            ImmutableArray<ReceiptItem> receipt;
            try
            {
                receipt = (await Turn((state, now) => Recorded(state, activities, now))).Receipt;
            }
            catch (Exception e) when (e is ErasedCustomerException or RefusedByDatabaseException)
            {
                receipt = await Refused(activities, e, new Allowance(GrainLimits.RefusalsPerTurnMax));
            }
            calls.Tell(receipt);
        }
        catch (Exception e)
        {
            calls.Fail(e);
        }
        finally
        {
            turn.End();
        }
    }

    private ValueTask<Step> Recorded(CustomerState? state, IReadOnlyList<Activity> activities, DateTimeOffset now) =>
        Recording.Decide(customerId, state, activities, owner.Rulebook, customers, now);

    /// <summary>
    /// Where the database refuses some together they are recorded by halves, so that only what it refuses is refused: calls that were
    /// gathered with it, and its neighbours in its own call, are recorded.
    /// </summary>
    private async Task<ImmutableArray<ReceiptItem>> Refused(IReadOnlyList<Activity> activities, Exception why, Allowance refusals)
    {
        if (why is RefusedByDatabaseException && activities.Count > 1 && refusals.Take())
        {
            var half = activities.Count / 2;
            return
            [
                .. await RecordApart([.. activities.Take(half)], refusals), .. await RecordApart([.. activities.Skip(half)], refusals),
            ];
        }
        var item = why is ErasedCustomerException
            ? new ReceiptItem(RecordOutcome.Refused, ErasedCustomerException.Code, ErasedCustomerException.Sentence)
            : new ReceiptItem(RecordOutcome.Refused, RefusedByDatabaseException.Code, RefusedByDatabaseException.Sentence);
        return [.. Enumerable.Repeat(item, activities.Count)];
    }

    private async Task<ImmutableArray<ReceiptItem>> RecordApart(Activity[] activities, Allowance refusals)
    {
        try
        {
            return (await Turn((state, now) => Recorded(state, activities, now))).Receipt;
        }
        catch (Exception e) when (e is ErasedCustomerException or RefusedByDatabaseException)
        {
            return await Refused(activities, e, refusals);
        }
    }

    /// <summary>A customer whose every row is refused must not be tried a thousand times for one request.</summary>
    private sealed class Allowance(int left)
    {
        public bool Take() => left-- > 0;
    }

    /// <summary>
    /// Recording calls interleave, so that they can gather; what changes the state still happens one turn after the other.
    /// </summary>
    private async Task<T> Alone<T>(Func<Task<T>> work)
    {
        if (turn.Begin() is { } before) await before;
        try
        {
            return await work();
        }
        finally
        {
            turn.End();
        }
    }

    /// <param name="decide">From a state, null for a customer not yet known, as of an instant: called again, it decides anew.</param>
    private async Task<Step> Turn(
        Func<CustomerState?, DateTimeOffset, ValueTask<Step>> decide, CommitKind kind = CommitKind.Ordinary)
    {
        // Whoever waited for this turn has waited long enough, and for a state that may not be so.
        if (isDoubted) throw new StorageUnavailableException($"The turn before failed: {doubt}");
        try
        {
            while (true)
            {
                if (isErased) throw new ErasedCustomerException();
                var step = await decide(State(), clock.Now());
                if (!step.HasChanges) return Compared(step);

                if (await journal.Commit(step, kind) is CommitResult.Committed committed)
                {
                    Become(committed.After ?? PackedCustomer.Of(step.After));
                    foreach (var transition in step.Transitions) Telemetry.Moved(transition.From, transition.To);
                    if (step.Transitions.Length + step.Reviews.Length > 0) owner.Told(step);
                    await MakeUpForMidnight(step.At);
                    return Compared(step);
                }

                // Another process moved this customer on. Its truth is the table's; ours is stale.
                await Load(CancellationToken.None);
            }
        }
        catch (Exception e) when (e is OverloadedException or RefusedByDatabaseException)
        {
            throw; // the journal took nothing: the state in memory is still right
        }
        catch (ErasedCustomerException)
        {
            (known, isErased) = (null, true);
            owner.Doubted(); // what asks about nobody must not stay in memory
            throw;
        }
        catch (Exception e)
        {
            // Whether the commit happened is not known. Forget, and read it back.
            (isDoubted, doubt) = (true, e.Message);
            owner.Doubted();
            throw;
        }
    }

    private void Become(PackedCustomer after)
    {
        if (known is null) known = new RestingCustomer(customerId, after);
        else known.Become(after);
    }

    private Step Compared(Step step)
    {
        if (step.Shadow is { } comparison) owner.Compared(comparison);
        return step;
    }

    /// <summary>
    /// A business midnight passed between a decision and the end of its commit: the daily run may have read the row before, found
    /// nothing to do, and would not come again for a day.
    /// </summary>
    private async Task MakeUpForMidnight(DateTimeOffset decided)
    {
        var book = owner.Rulebook;
        if (!book.Policy.Enabled || book.Calendar.NextMidnight(decided) > clock.Now()) return;
        await Turn((state, now) => new(Lifecycle.CatchUp(state!, owner.Rulebook, now, now)), CommitKind.TimeDriven);
    }
}
