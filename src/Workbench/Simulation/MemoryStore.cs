using System.Collections.Immutable;
using LStep.Api.Customers;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Time;
using LStep.Workbench.Faults;

namespace LStep.Workbench.Simulation;

/// <summary>
/// The tables in memory: commits are fenced by version and take place whole or not at all. States are kept packed, as in the tables, so
/// that nobody shares what another holds. The same seed over PostgreSQL must leave the same behind; a test says so.
/// </summary>
public sealed class MemoryStore : ISimulationStore, ICustomers, IJournal, IChecks
{
    private readonly SortedDictionary<string, MemoryCustomer> customers = new(StringComparer.Ordinal);
    private readonly MemoryBatches batches;
    private long ledgerId;

    public MemoryStore() => batches = new MemoryBatches(customers.Values);

    public Durable Open() => new(this, this, this, batches);

    public Task<IReadOnlyList<StoredAll>> All() =>
        Task.FromResult<IReadOnlyList<StoredAll>>([.. customers.Values.Select(customer => customer.All())]);

    public Task<IReadOnlyList<KeptCause>> Causes() =>
        Task.FromResult<IReadOnlyList<KeptCause>>([.. customers.Values.SelectMany(customer => customer.Causes())]);

    public Task<CustomerState?> Load(string customerId, CancellationToken cancel = default) =>
        Task.FromResult(customers.GetValueOrDefault(customerId)?.Read(withRecent: true).State);

    public Task<IReadOnlySet<string>> KnownMessages(
        string customerId, IReadOnlyList<Activity> activities, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlySet<string>>(customers.GetValueOrDefault(customerId)?.Known(activities) ?? []);

    public Task<CompletedLessons> Lessons(
        string customerId, IReadOnlyList<DateOnly> days, BusinessCalendar calendar, CancellationToken cancel = default) =>
        Task.FromResult(customers.GetValueOrDefault(customerId)?.Lessons(days, calendar) ?? new CompletedLessons());

    public Task<ImmutableArray<HistoryRow>> History(string customerId, CancellationToken cancel = default) =>
        Task.FromResult(customers.GetValueOrDefault(customerId)?.History() ?? []);

    public Task<CommitResult> Commit(Step step, CommitKind kind = CommitKind.Ordinary)
    {
        if (!step.HasChanges) return Committed([]);
        var known = customers.GetValueOrDefault(step.After.CustomerId);
        if ((known?.Version ?? 0) != (step.Before?.Version ?? 0)) return Task.FromResult<CommitResult>(new CommitResult.FencedOut());

        if (known is null) customers.Add(step.After.CustomerId, known = new MemoryCustomer(step));
        known.Write(step, kind);
        return Committed([.. step.Transitions.Select(transition => transition with { Id = ++ledgerId })]);
    }

    public Task<List<StoredCustomer>> Due(ShardRange shards, DateTimeOffset upTo, CancellationToken cancel) => Task.FromResult(
        customers.Values.Where(customer => customer.IsIn(shards) && customer.NextCheckAt <= upTo)
            .OrderBy(customer => customer.NextCheckAt).ThenBy(customer => customer.Id, StringComparer.Ordinal)
            .Take(TimeLimits.CustomersPerDuePageMax).Select(customer => customer.Read(withRecent: false)).ToList());

    public Task MoveOn(IReadOnlyCollection<(StoredCustomer Customer, DateTimeOffset? Next)> found, CancellationToken cancel)
    {
        foreach (var (customer, next) in found)
            if (customers[customer.Id] is { } known && known.Version == customer.Version) known.NextCheckAt = next;
        return Task.CompletedTask;
    }

    private static Task<CommitResult> Committed(ImmutableArray<Transition> transitions) =>
        Task.FromResult<CommitResult>(new CommitResult.Committed(transitions));
}
