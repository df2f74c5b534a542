using System.Collections.Immutable;
using LStep.Api.Customers;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Time;
using LStep.System.Tests.Faults;
using LStep.Workbench.Faults;
using LStep.Workbench.Simulation;

namespace LStep.System.Tests.Simulation;

/// <summary>A store with one of its promises taken away: what the simulation is for.</summary>
internal sealed class BrokenStore(Func<Durable, Durable> broken) : ISimulationStore
{
    private readonly MemoryStore store = new();

    public Durable Open() => broken(store.Open());

    public Task<IReadOnlyList<StoredAll>> All() => store.All();

    public Task<IReadOnlyList<KeptCause>> Causes() => store.Causes();
}

/// <summary>Commits transitions, and now and then not what campaigns follow from.</summary>
internal sealed class WithoutCauses(IJournal journal) : IJournal
{
    private const int Every = 5;

    private int commits;

    public Task<CommitResult> Commit(Step step, CommitKind kind) =>
        journal.Commit(++commits % Every == 0 ? step with { Causes = [] } : step, kind);
}

/// <summary>The last to come wins.</summary>
internal sealed class Unfenced(Durable durable) : IJournal
{
    public async Task<CommitResult> Commit(Step step, CommitKind kind) =>
        await durable.Customers.Load(step.After.CustomerId) is not { } current ? await durable.Journal.Commit(step, kind)
            : await durable.Journal.Commit(step with { Before = current, After = step.After with { Version = current.Version + 1 } }, kind);
}

/// <summary>Says that it wrote, and now and then did not.</summary>
internal sealed class Forgetful(IJournal journal) : IJournal
{
    private const int Every = 20;

    private int commits;

    public Task<CommitResult> Commit(Step step, CommitKind kind) =>
        ++commits % Every == 0 ? Task.FromResult<CommitResult>(new CommitResult.Committed([])) : journal.Commit(step, kind);
}

/// <summary>Reads customers without the ids of their recent messages.</summary>
internal sealed class WithoutRecent(ICustomers customers) : ICustomers
{
    public async Task<CustomerState?> Load(string customerId, CancellationToken cancel) =>
        await customers.Load(customerId, cancel) is { } state ? state with { Recent = RecentMessages.Empty } : null;

    public Task<IReadOnlySet<string>> KnownMessages(string customerId, IReadOnlyList<Activity> activities, CancellationToken cancel) =>
        customers.KnownMessages(customerId, activities, cancel);

    public Task<CompletedLessons> Lessons(
        string customerId, IReadOnlyList<DateOnly> days, BusinessCalendar calendar, CancellationToken cancel) =>
        customers.Lessons(customerId, days, calendar, cancel);

    public Task<ImmutableArray<HistoryRow>> History(string customerId, CancellationToken cancel) => customers.History(customerId, cancel);
}

/// <summary>Finds nobody due, whatever is stored.</summary>
internal sealed class NobodyDue(IChecks checks) : IChecks
{
    public Task<List<StoredCustomer>> Due(ShardRange shards, DateTimeOffset upTo, CancellationToken cancel) =>
        Task.FromResult(new List<StoredCustomer>());

    public Task MoveOn(IReadOnlyCollection<(StoredCustomer Customer, DateTimeOffset? Next)> found, CancellationToken cancel) =>
        checks.MoveOn(found, cancel);
}
