using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Grains.Feeds;
using LStep.Grains.People;
using LStep.Grains.Privacy;
using LStep.Grains.Rules;
using Orleans;
using Orleans.Placement;

namespace LStep.Grains.Customers;

/// <summary>
/// One customer as a grain: <see cref="CustomerTurns"/> says how its state changes. Customers are many and alike, so they go
/// where fewer are: Orleans' own choice looks at processors and memory as they were a second ago, and of a crowd that comes
/// within that second most go to the same silo.
/// </summary>
[ActivationCountBasedPlacement]
public sealed class CustomerGrain(ICustomers customers, IJournal journal, RulebookSource rulebook, TimeProvider clock, LedgerFeed feed,
    UnreadableCustomers unreadable, Residents residents, ShadowCounts shadow, Erasing erasing) : Grain, ICustomerGrain, ITurnsOwner
{
    private const long KeepEveryMs = 60_000;

    private CustomerTurns turns = null!;
    private Resident? resident;
    private long? keptAtMs;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        turns = new CustomerTurns(this.GetPrimaryKeyString(), customers, journal, clock, this);
        try
        {
            await turns.Load(cancellationToken);
        }
        catch (UnreadableCustomerException e)
        {
            await unreadable.List(this.GetPrimaryKeyString(), e);
            throw;
        }
        Telemetry.Came();
        resident = residents.Came(turns.CustomerId, GrainContext);
    }

    Rulebook ITurnsOwner.Rulebook => rulebook.Current;

    /// <summary>Nobody waits for it: what is not heard is found in the tables a little later.</summary>
    void ITurnsOwner.Told(Step step)
    {
        feed.Nudge();
        foreach (var tag in step.Causes.Select(cause => cause.Tag).Distinct())
            GrainFactory.GetGrain<ICampaignGrain>(tag.Code()).Wake().Ignore();
    }

    void ITurnsOwner.Doubted() => Leave();

    void ITurnsOwner.Compared(ShadowComparison comparison) => shadow.Add(comparison);

    private void Leave()
    {
        residents.Left(resident);
        DeactivateOnIdle();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Telemetry.Left();
        residents.Left(resident);
        if (resident is not null) await resident.Quiet().WaitAsync(cancellationToken);
    }

    public Task<Receipt> Record(ImmutableArray<Activity> activities)
    {
        resident?.Use();
        return turns.Record(activities);
    }

    /// <summary>As <see cref="Record"/>, for a call without a message: by messages Orleans knows who is idle.</summary>
    internal Task<Receipt> RecordHere(ImmutableArray<Activity> activities)
    {
        var nowMs = Environment.TickCount64;
        if (keptAtMs is null || nowMs - keptAtMs > KeepEveryMs)
        {
            keptAtMs = nowMs;
            DelayDeactivation(GrainLimits.IdleMax);
        }
        return Record(activities);
    }

    public Task<CustomerView?> View() => Task.FromResult(Known(state =>
    {
        var (book, now) = (rulebook.Current, clock.Now());
        return Views.Of(state, book.Calendar, now, NextCheck.OrMidnight(state, book, now), book.Model, explains: true);
    }));

    public Task<EvaluationView?> Explain() => Task.FromResult(Known(state => Lifecycle.Explain(state, rulebook.Current, clock.Now())));

    public async Task<EvaluationView?> Evaluate(Person? by) =>
        IsKnown() ? await turns.Evaluate(by) : null;

    public Task<CatchUpResult> CatchUp(DateTimeOffset upTo, string? batchId, bool asked) =>
        turns.CatchUp(upTo, batchId, asked);

    public async Task<ActResult> Act(CustomerAct act) =>
        IsKnown() ? await turns.Act(act) : new ActResult(ActRefusal.Unknown, []);

    public Task<ErasureReceipt?> Erase(Person by) =>
        turns.Erase(() => erasing.Erase(this.GetPrimaryKeyString(), by, clock.Now()));

    private T? Known<T>(Func<CustomerState, T> read) where T : class => IsKnown() ? read(turns.State()!) : null;

    private bool IsKnown()
    {
        resident?.Use();
        if (turns.IsKnown) return true;
        Leave(); // a question about nobody must not stay in memory
        return false;
    }
}
