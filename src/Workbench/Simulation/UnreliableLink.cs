using System.Collections.Immutable;
using LStep.Api.Customers;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Time;
using LStep.Workbench.Faults;

namespace LStep.Workbench.Simulation;

/// <summary>
/// What a process sees of the storage: each question goes out, is carried out at some moment and answered at a later one. A process that
/// was killed leaves its wire behind, and what was under way on it.
/// </summary>
internal sealed class UnreliableLink(SimulatedProcess process, Durable durable, List<Operation> underWay, Commits commits) : ICustomers,
IJournal, IChecks, IBatches
{
    private readonly List<Claim> claims = [];

    public SimulatedProcess Process { get; } = process;

    public bool HasOpenTransactions => claims.Exists(claim => claim.IsOpen);

    /// <summary>As the server does with a transaction in which nothing happened for too long, or whose process is gone.</summary>
    public async Task EndTransactions()
    {
        foreach (var claim in claims.ToList()) await claim.RollBack();
        claims.Clear();
    }

    public Task<CustomerState?> Load(string customerId, CancellationToken cancel = default) =>
        Ask($"load {customerId}", () => durable.Customers.Load(customerId, default), customerId);

    public Task<IReadOnlySet<string>> KnownMessages(
        string customerId, IReadOnlyList<Activity> activities, CancellationToken cancel = default) =>
        Ask($"known messages of {customerId}", () => durable.Customers.KnownMessages(customerId, activities, default), customerId);

    public Task<CompletedLessons> Lessons(
        string customerId, IReadOnlyList<DateOnly> days, BusinessCalendar calendar, CancellationToken cancel = default) =>
        Ask($"lessons of {customerId}", () => durable.Customers.Lessons(customerId, days, calendar, default), customerId);

    public Task<ImmutableArray<HistoryRow>> History(string customerId, CancellationToken cancel = default) =>
        Ask($"ledger of {customerId}", () => durable.Customers.History(customerId, default), customerId);

    public Task<CommitResult> Commit(Step step, CommitKind kind = CommitKind.Ordinary) => Ask(
        $"commit {step.After.CustomerId} {step.Before?.Version ?? 0}→{step.After.Version}, {step.Accepted.Length} activities, "
            + $"{step.Transitions.Length} moves",
        async () =>
        {
            var result = await durable.Journal.Commit(step, kind);
            commits.Add(step, result);
            return result;
        }, step.After.CustomerId);

    public Task<List<StoredCustomer>> Due(ShardRange shards, DateTimeOffset upTo, CancellationToken cancel) =>
        Ask($"who is due in {shards.First}-{shards.Last} up to {upTo:u}", () => durable.Checks.Due(shards, upTo, default));

    public Task MoveOn(IReadOnlyCollection<(StoredCustomer Customer, DateTimeOffset? Next)> found, CancellationToken cancel) =>
        found.Count == 0 ? Task.CompletedTask : Ask($"move {found.Count} checks on", () => Done(durable.Checks.MoveOn(found, default)));

    public Task<DateTimeOffset> Settled(ShardRange shards, DateTimeOffset now, CancellationToken cancel) =>
        Ask("last day settled", () => durable.Batches.Settled(shards, now, default));

    public Task Open(string id, string scope, DateTimeOffset dueAt, DateTimeOffset now, CancellationToken cancel) =>
        Ask($"open {id}", () => Done(durable.Batches.Open(id, scope, dueAt, now, default)));

    public Task<List<(string Id, DateTimeOffset DueAt)>> Unfinished(CancellationToken cancel) =>
        Ask("unfinished runs", () => durable.Batches.Unfinished(default));

    public Task<bool> WaitForOthers(string id, ShardRange shards, CancellationToken cancel) =>
        Ask($"wait for others at {id}", () => durable.Batches.WaitForOthers(id, shards, default));

    public async Task<bool> TakePage(
        string id, DateTimeOffset dueAt, ShardRange shards, DateTimeOffset now,
        Func<IReadOnlyList<StoredCustomer>, Task<PageResult>> evaluate, CancellationToken cancel)
    {
        var claim = new Claim();
        var page = await Ask($"claim a page of {id}", () =>
        {
            claims.Add(claim);
            return claim.Take(evaluated => durable.Batches.TakePage(id, dueAt, shards, now, evaluated, default));
        }, undo: claim.RollBack);
        if (page is null) return false;
        PageResult result;
        try
        {
            result = await evaluate(page);
        }
        catch
        {
            await Ask($"roll {id} back", () => Done(claim.RollBack()), undo: claim.RollBack);
            throw;
        }
        return await Ask($"commit the page of {id}", () => claim.Commit(result), undo: claim.RollBack);
    }

    private Task<T> Ask<T>(string what, Func<Task<T>> work, string? customer = null, Func<Task>? undo = null)
    {
        var operation = new Operation<T>(this, what, customer, work, undo);
        underWay.Add(operation);
        return operation.Told;
    }

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }

    /// <summary>A transaction that is open while a page is evaluated.</summary>
    private sealed class Claim
    {
        private readonly TaskCompletionSource<IReadOnlyList<StoredCustomer>> handed = new(
            TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<PageResult> evaluated = new();
        private Task<bool>? running;

        public bool IsOpen => running is { IsCompleted: false };

        /// <summary>Null when there was nothing to claim.</summary>
        public async Task<IReadOnlyList<StoredCustomer>?> Take(Func<Func<IReadOnlyList<StoredCustomer>, Task<PageResult>>, Task<bool>> take)
        {
            running = take(page =>
            {
                handed.SetResult(page);
                return evaluated.Task;
            });
            await Task.WhenAny(running, handed.Task);
            return handed.Task.IsCompleted ? await handed.Task : await running
                ? throw new InvalidOperationException("A page was taken and never handed out.") : null;
        }

        public async Task<bool> Commit(PageResult result)
        {
            evaluated.TrySetResult(result);
            try
            {
                return await running!;
            }
            catch (OperationCanceledException)
            {
                throw new StorageUnavailableException("The transaction was idle for too long.");
            }
        }

        public async Task RollBack()
        {
            evaluated.TrySetCanceled();
            if (running is not null) await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
