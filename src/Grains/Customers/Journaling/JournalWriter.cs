using System.Diagnostics;
using System.Threading.Channels;
using LStep.Grains.Database;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LStep.Grains.Customers.Journaling;

/// <summary>One queue and one connection: takes what gathered, commits it, tells the callers, takes what gathered meanwhile.</summary>
internal sealed class JournalWriter : IAsyncDisposable
{
    private readonly PostgresDatabase database;
    private readonly Partitions partitions;
    private readonly ILogger log;
    private readonly CommitBatch batch = new();
    private readonly Channel<PendingStep> queue = Channel.CreateBounded<PendingStep>(
        new BoundedChannelOptions(JournalLimits.StepsQueuedPerWriterMax) { SingleReader = true });
    private readonly Task loop;
    private NpgsqlConnection? connection;
    private PendingStep? heldBack;

    public JournalWriter(PostgresDatabase database, Partitions partitions, ILogger log)
    {
        (this.database, this.partitions, this.log) = (database, partitions, log);
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
            Drain(steps, customers);
            await Write(steps);
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
                // Two steps of one customer, made by two grains that both believe in themselves: one commit cannot hold both.
                heldBack = next;
                return;
            }
            steps.Add(next);
            activities += next.Step.Accepted.Length;
        }
    }

    /// <summary>Every step comes out told: committed, fenced out or failed.</summary>
    private async Task Write(List<PendingStep> steps)
    {
        for (var attempt = 1; steps.Count > 0; attempt++)
            try
            {
                await Commit(steps);
                return;
            }
            catch (Exception e)
            {
                var contended = (e as PostgresException)?.SqlState
                    is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or CommitBatch.FencedOut;
                if (contended && attempt < JournalLimits.AttemptsPerCommitMax
                    && (e is not PostgresException { SqlState: CommitBatch.FencedOut } || await TellFencedOut(steps))) continue;
                // Another process may go on winning against a large commit for ever; it cannot win against every step alone.
                if (steps.Count > 1 && (contended || IsAboutTheData(e)))
                {
                    foreach (var step in steps.ToList()) await Write([step]);
                    return;
                }
                Fail(steps, e);
                return;
            }
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
        var committed = await batch.Commit(connection, steps);
        Telemetry.Committed(steps.Count, Stopwatch.GetElapsedTime(began));
        for (var i = 0; i < steps.Count; i++) steps[i].Tell(committed[i]);
    }

    /// <summary>
    /// Finds out whose version moved on, tells them, and leaves the others to be tried again. False when that cannot be read.
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
            return true;
        }
        catch (Exception e) when (OutsideFailure.Is(e))
        {
            return false;
        }
    }

    private async ValueTask<NpgsqlConnection> Connect()
    {
        if (this.connection is { FullState: System.Data.ConnectionState.Open }) return this.connection;
        if (this.connection is not null) await this.connection.DisposeAsync();
        return this.connection = await this.database.JournalSource.OpenConnectionAsync();
    }

    private void Fail(List<PendingStep> steps, Exception cause)
    {
        var outside = OutsideFailure.Is(cause)
            || cause is PostgresException { SqlState: CommitBatch.FencedOut or PostgresErrorCodes.DeadlockDetected };
        this.log.LogError("{Steps} steps were not committed: {Reason}", steps.Count, cause.Message);
        foreach (var pending in steps)
            pending.Fail(outside ? OutsideFailure.Translate(cause)
                : new InvalidOperationException($"The step of customer {pending.CustomerId} could not be written: {cause.Message}"));
    }

    /// <summary>
    /// Something in one of the steps that PostgreSQL or the encoding refuses: it must not take the others down. Nothing was written.
    /// </summary>
    private static bool IsAboutTheData(Exception e) =>
        e is PostgresException { SqlState: [_, _, _, _, _] and ['2', '2' or '3', ..] }
            or ArgumentException or InvalidCastException or OverflowException;
}
