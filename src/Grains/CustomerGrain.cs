using LStep.Domain;
using LStep.Grains.Feeds;
using LStep.Grains.Storage;
using LStep.Grains.Time;
using Orleans;
using Orleans.Concurrency;

namespace LStep.Grains;

/// <summary>
/// One customer. A turn decides purely, commits, believes, tells, in that order; the caller is answered last.
/// Nothing here is trusted with the data: a commit that finds another version is re-read and decided again.
/// </summary>
public sealed class CustomerGrain(
    CustomerStore store, Journal journal, RulebookSource rulebook, TimeProvider clock, LedgerFeed feed) : Grain, ICustomerGrain
{
    private CustomerState? state;
    private Gathering? gathering;
    private Task turn = Task.CompletedTask;

    private string CustomerId => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        state = await store.Load(CustomerId, cancellationToken);

    public async Task<Receipt> Record(Immutable<IReadOnlyList<Activity>> activities)
    {
        var (calls, count) = (gathering, activities.Value.Count);
        if (calls is null || !calls.HasRoomFor(count)) calls = new Gathering();
        var first = calls.Add(activities.Value);
        if (calls != gathering)
        {
            gathering = calls;
            calls.Recorded = Alone(() => Record(calls));
        }
        var receipt = (await calls.Recorded).Receipt;
        return new Receipt(receipt.Length == count ? receipt : receipt.Slice(first, count));
    }

    public Task<CustomerView?> View() => Task.FromResult(Known(current =>
    {
        var (book, now) = (rulebook.Current, clock.Now());
        return Views.Of(current, book.Calendar, now, NextCheck.OrMidnight(current, book, now));
    }));

    public Task<EvaluationView?> Explain() => Task.FromResult(Known(current => Lifecycle.Explain(current, rulebook.Current, clock.Now())));

    public async Task<EvaluationView?> Evaluate(string? batchId)
    {
        if (state is null) return Known<EvaluationView>(_ => throw new InvalidOperationException());
        return await Alone(async () =>
        {
            var explained = Lifecycle.Explain(state, rulebook.Current, clock.Now());
            await Turn(current => Lifecycle.Evaluate(current!, rulebook.Current, clock.Now(), batchId));
            return explained;
        });
    }

    public async Task<CatchUpResult> CatchUp(DateTimeOffset upTo, string? batchId, bool asked)
    {
        if (state is null) return default;
        var step = await Alone(() => Turn(current => Lifecycle.CatchUp(current!, rulebook.Current, upTo, clock.Now(), batchId, asked: asked), CommitKind.TimeDriven));
        return new CatchUpResult(step.Transitions.Length, step.Reviews.Count(review => review.Status == ReviewStatus.Open));
    }

    private async Task<Step> Record(Gathering calls)
    {
        if (gathering == calls) gathering = null; // who comes from now on goes into the next
        var known = await KnownInLog(calls.Activities);
        return await Turn(current => Lifecycle.Record(CustomerId, current, calls.Activities, rulebook.Current, clock.Now(), known));
    }

    /// <summary>Recording calls interleave, so that they can gather; what changes the state still happens one turn after the other.</summary>
    private async Task<T> Alone<T>(Func<Task<T>> work)
    {
        var (before, mine) = (turn, new TaskCompletionSource());
        turn = mine.Task;
        await before;
        try
        {
            return await work();
        }
        finally
        {
            mine.SetResult();
            if (turn == mine.Task) turn = Task.CompletedTask;
        }
    }

    private async Task<Step> Turn(Func<CustomerState?, Step> decide, CommitKind kind = CommitKind.Ordinary)
    {
        try
        {
            while (true)
            {
                var step = decide(state);
                if (!step.HasChanges) return step;

                if (await journal.Commit(step, kind) is CommitResult.Committed)
                {
                    state = step.After;
                    if (step.Transitions.Length + step.Reviews.Length > 0) feed.Nudge();
                    return step;
                }

                // Another process moved this customer on. Its truth is the table's; ours is stale.
                state = await store.Load(CustomerId, CancellationToken.None);
            }
        }
        catch (OverloadedException)
        {
            throw; // the journal took nothing: what we believe still stands
        }
        catch
        {
            // Whether the commit happened is not known. Forget, and read it back.
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>An import may repeat an id at any time, and a very busy customer more than its 48 h memory holds: then the log decides.</summary>
    private async Task<IReadOnlySet<string>?> KnownInLog(IReadOnlyList<Activity> activities) =>
        Admission.NeedsKnownIds(state, activities, clock.Now()) ? await store.KnownMessages(CustomerId, activities) : null;

    private T? Known<T>(Func<CustomerState, T> read) where T : class
    {
        if (state is not null) return read(state);
        DeactivateOnIdle(); // a question about nobody must not stay in memory
        return null;
    }
}
