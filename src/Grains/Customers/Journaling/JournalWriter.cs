using System.Diagnostics;
using System.Threading.Channels;
using LStep.Grains.Database;
using LStep.Grains.Privacy;
using Npgsql;

namespace LStep.Grains.Customers.Journaling;

/// <summary>One queue and one connection: takes what gathered, commits it, tells the callers, takes what gathered meanwhile.</summary>
internal sealed class JournalWriter : IAsyncDisposable
{
    private readonly PostgresDatabase database;
    private readonly Partitions partitions;
    private readonly Tombstones tombstones;
    private readonly JournalHealth health;
    private readonly CommitBatch batch = new();
    private readonly HashSet<string> locked = new(StringComparer.Ordinal);
    private readonly Channel<PendingStep> queue = Channel.CreateBounded<PendingStep>(
        new BoundedChannelOptions(JournalLimits.StepsQueuedPerWriterMax) { SingleReader = true });
    private readonly Task loop;
    private NpgsqlConnection? connection;
    private PendingStep? heldBack;

    public JournalWriter(PostgresDatabase database, Partitions partitions, Tombstones tombstones, JournalHealth health)
    {
        (this.database, this.partitions, this.tombstones, this.health) = (database, partitions, tombstones, health);
        loop = Task.Run(Loop);
    }

    public int Queued => queue.Reader.Count;

    public bool TryQueue(PendingStep pending) => queue.Writer.TryWrite(pending);

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        if (this.connection is not null) await this.connection.DisposeAsync();
    }

    private async Task Loop()
    {
        var steps = new List<PendingStep>(JournalLimits.StepsPerCommitMax);
        var customers = new HashSet<string>(StringComparer.Ordinal);
        while (heldBack is not null || await queue.Reader.WaitToReadAsync())
        {
            await Task.Yield(); // behind the turns that are about to queue their steps, so that one commit takes them, too
            Drain(steps, customers);
            var began = Stopwatch.GetTimestamp();
            if (await Write(steps) is { } trouble && Stopwatch.GetElapsedTime(began).TotalMilliseconds > JournalLimits.PatienceMs)
                FailQueued(trouble);
        }
    }

    private void Drain(List<PendingStep> steps, HashSet<string> customers)
    {
        steps.Clear();
        customers.Clear();
        var activities = 0;
        while (steps.Count < JournalLimits.StepsPerCommitMax && activities < JournalLimits.ActivitiesPerCommitMax)
        {
            var next = heldBack;
            heldBack = null;
            if (next is null && !queue.Reader.TryRead(out next)) return;
            if (!customers.Add(next.CustomerId))
            {
                // Two steps of one customer, made by two activations of its grain: one commit cannot hold both.
                heldBack = next;
                return;
            }
            steps.Add(next);
            activities += next.Step.Accepted.Length;
        }
    }

    /// <summary>Every step comes out told: committed, fenced out, refused or failed. Answers why PostgreSQL was not to be had.</summary>
    private async Task<StorageUnavailableException?> Write(List<PendingStep> steps)
    {
        for (var attempt = 1; steps.Count > 0; attempt++)
            try
            {
                if (locked.Count > 0) await TellLocked(steps.Select(pending => pending.CustomerId).Where(locked.Contains), steps);
                if (steps.Count > 0) await Commit(steps);
                break;
            }
            catch (Exception e)
            {
                var failure = CommitFailures.Of(e);
                if (e is PostgresException { SqlState: var state } && SqlStates.IsOfSession(state))
                {
                    await LeaveSession();
                    if (attempt == 1) continue;
                }
                if (failure == CommitFailure.Contended && attempt < JournalLimits.AttemptsPerCommitMax
                    && (e is not PostgresException { SqlState: CommitBatch.FencedOut or CommitBatch.Erased }
                        || await TellFencedOut(steps))) continue;
                if (failure == CommitFailure.Locked && attempt == 1)
                {
                    var told = await TellLocked(steps.Select(pending => pending.CustomerId), steps);
                    if (told > 0) continue;
                    // Whole tables are held, and with them everybody.
                    if (told is null) failure = CommitFailure.Unavailable;
                }
                return Parts(steps, failure) is ({ } first, { } second) ? await Write(first, second) : Fail(steps, e, failure);
            }
        return null;
    }

    /// <summary>The second part has no better luck where PostgreSQL is not to be had.</summary>
    private async Task<StorageUnavailableException?> Write(List<PendingStep> first, List<PendingStep> second) =>
        await Write(first) is { } trouble ? Fail(second, trouble, CommitFailure.Unavailable) : await Write(second);

    /// <summary>
    /// One commit in two. What PostgreSQL refuses is found by halves, so that it fails alone; another process may go on winning against a
    /// large commit for ever, and cannot win against every small one; and whoever needs neither the ledger's lock nor a new row goes on
    /// while somebody sits on those.
    /// </summary>
    private static (List<PendingStep> First, List<PendingStep> Second)? Parts(List<PendingStep> steps, CommitFailure failure)
    {
        if (steps.Count < 2 || failure == CommitFailure.Unavailable) return null;
        if (failure != CommitFailure.Locked) return (steps[..(steps.Count / 2)], steps[(steps.Count / 2)..]);
        var parts = steps.ToLookup(pending => pending.Step.Transitions.Length == 0 && pending.Expected > 0);
        return parts.Count < 2 ? null : ([.. parts[true]], [.. parts[false]]);
    }

    private async Task Commit(List<PendingStep> steps)
    {
        foreach (var pending in steps)
            foreach (var activity in pending.Step.Accepted)
                await this.partitions.Ensure(activity.ReceivedAt);
        var connection = await Connect();
        var began = Stopwatch.GetTimestamp();
        using var span = Telemetry.Spans.StartActivity("journal.commit");
        span?.SetTag("lstep.steps", steps.Count);
        var committed = await batch.Commit(connection, steps, await tombstones.Key());
        Telemetry.Committed(steps.Count, Stopwatch.GetElapsedTime(began));
        health.Committed();
        for (var i = 0; i < steps.Count; i++) steps[i].Tell(committed[i]);
    }

    /// <summary>
    /// Finds out whose version moved on, and who was erased, tells them, and leaves the others to be tried again. False when that cannot
    /// be read.
    /// </summary>
    private async Task<bool> TellFencedOut(List<PendingStep> steps)
    {
        try
        {
            var connection = await Connect();
            var ids = Db.Texts(steps.Select(s => s.CustomerId));
            var versions = (await connection.Rows("customer_versions", r => (r.GetString(0), r.GetInt64(1)), default, ids)).ToDictionary();
            var gone = steps.RemoveAll(pending =>
            {
                if (versions.GetValueOrDefault(pending.CustomerId) == pending.Expected) return false;
                pending.Tell(CommitResult.Fenced);
                return true;
            });
            Telemetry.FencedOut(gone);
            var erased = await tombstones.Among(connection, steps.Where(s => s.Expected == 0).Select(s => s.CustomerId));
            steps.RemoveAll(pending =>
            {
                if (pending.Expected > 0 || !erased.Contains(pending.CustomerId)) return false;
                pending.Fail(new ErasedCustomerException());
                return true;
            });
            return true;
        }
        catch (Exception e) when (OutsideFailure.Is(e))
        {
            return false;
        }
    }

    /// <summary>
    /// Finds out whose rows others hold, tells them, and remembers it, so that the rest need not wait for them once more. Answers how many
    /// they were; null when that cannot be read.
    /// </summary>
    private async Task<int?> TellLocked(IEnumerable<string> customers, List<PendingStep> steps)
    {
        var asked = customers.ToArray();
        if (asked.Length == 0) return 0;
        try
        {
            var held = await CommitBatch.Locked(await Connect(), asked);
            locked.ExceptWith(asked);
            if (locked.Count + held.Count > JournalLimits.LockedCustomersMax) locked.Clear();
            locked.UnionWith(held);
            var trouble = new StorageUnavailableException("Somebody else holds the customer's row in PostgreSQL.");
            return steps.RemoveAll(pending =>
            {
                if (!held.Contains(pending.CustomerId)) return false;
                pending.Fail(trouble);
                return true;
            });
        }
        catch (Exception e) when (OutsideFailure.Is(e))
        {
            return null;
        }
    }

    private async ValueTask<NpgsqlConnection> Connect()
    {
        if (this.connection is { FullState: System.Data.ConnectionState.Open }) return this.connection;
        if (this.connection is not null) await this.connection.DisposeAsync();
        return this.connection = await this.database.JournalSource.OpenConnectionAsync();
    }

    private async Task LeaveSession()
    {
        if (connection is not null) await connection.DisposeAsync();
        connection = null;
        database.JournalSource.Clear();
    }

    private StorageUnavailableException? Fail(List<PendingStep> steps, Exception cause, CommitFailure failure)
    {
        if (failure == CommitFailure.Refused)
        {
            var refused = cause as RefusedByDatabaseException ?? new(cause.Message);
            health.RefusedStep(refused);
            foreach (var pending in steps) pending.Fail(refused);
            return null;
        }
        var trouble = OutsideFailure.Translate(cause);
        foreach (var pending in steps) pending.Fail(trouble);
        health.Failed(trouble, failure == CommitFailure.Contended);
        return failure == CommitFailure.Unavailable ? trouble : null;
    }

    /// <summary>Nothing of them was written; who waited this long for others' commit shall not wait as long for an own one.</summary>
    private void FailQueued(StorageUnavailableException trouble)
    {
        for (var left = queue.Reader.Count; left > 0 && queue.Reader.TryRead(out var pending); left--) pending.Fail(trouble);
        heldBack?.Fail(trouble);
        heldBack = null;
    }
}
