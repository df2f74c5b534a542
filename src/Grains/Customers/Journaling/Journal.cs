using LStep.Domain;
using LStep.Grains.Database;
using LStep.Grains.Privacy;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Customers.Journaling;

/// <summary>
/// The only way a customer's step becomes durable. A few writers, a customer always with the same one; each commits what queued while it
/// was writing, in one transaction and one round trip. Two journals on the same tables, in one process or two, fence each other by version.
/// </summary>
public sealed class Journal : IJournal, IAsyncDisposable
{
    private readonly PostgresDatabase database;
    private readonly JournalHealth health;
    private readonly JournalWriter[] writers;

    public Journal(PostgresDatabase database, Partitions partitions, ILogger<Journal> log, int writers = 2, Tombstones? tombstones = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(writers is > 0 and <= JournalLimits.JournalWritersMax, true);
        this.database = database;
        this.health = new JournalHealth(log);
        tombstones ??= new Tombstones(database);
        this.writers = [.. Enumerable.Range(0, writers).Select(_ => new JournalWriter(database, partitions, tombstones, health))];
    }

    public Task<CommitResult> Commit(Step step, CommitKind kind = CommitKind.Ordinary)
    {
        if (!step.HasChanges) return Task.FromResult(CommitResult.CommittedNothing);
        var pending = new PendingStep(step, kind);
        var writer = this.writers[(uint)string.GetHashCode(pending.CustomerId, StringComparison.Ordinal) % (uint)this.writers.Length];
        if (!writer.TryQueue(pending))
            throw new OverloadedException($"{JournalLimits.StepsQueuedPerWriterMax} steps are waiting to be written.");
        return pending.Told;
    }

    /// <summary>Why commits do not come through, as a sentence; null while they do, or when none was tried for a while.</summary>
    public string? Trouble => health.Trouble;

    /// <summary>Writes to what a commit writes to, and no row of a customer's: a server that answers may be full or locked.</summary>
    /// <exception cref="StorageUnavailableException">A commit would fail, too.</exception>
    public Task Probe() => database.Use(connection => connection.Execute("commit_probe", CancellationToken.None));

    /// <summary>Steps waiting to be written, over all writers.</summary>
    public int Queued => this.writers.Sum(w => w.Queued);

    /// <summary>As many find room, over all writers.</summary>
    public int QueuedMax => this.writers.Length * JournalLimits.StepsQueuedPerWriterMax;

    /// <summary>Writes what is queued, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var writer in this.writers) await writer.DisposeAsync();
    }
}
