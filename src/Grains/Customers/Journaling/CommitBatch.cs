using LStep.Grains.Database;
using LStep.Grains.Privacy;
using Npgsql;

namespace LStep.Grains.Customers.Journaling;

/// <summary>The statements of one commit, in one implicit transaction and one round trip. Kept and refilled, never shared.</summary>
internal sealed class CommitBatch
{
    /// <summary>What lstep_fence raises.</summary>
    public const string FencedOut = "LS001";

    /// <summary>What lstep_not_erased raises.</summary>
    public const string Erased = "LS002";

    private readonly StateInserts inserts = new();
    private readonly NotErased notErased = new();
    private readonly StateUpdates updates = new();
    private readonly CustomerUpserts customers = new();
    private readonly ActivityInserts activities = new();
    private readonly DecisionInserts decisions = new();
    private readonly ReviewUpserts reviews = new();
    private readonly AuditInserts audit = new();
    private readonly CauseInserts causes = new();
    private readonly LedgerPrevious previous = new();
    private readonly LedgerUndone undone = new();
    private readonly LedgerInserts ledger = new();
    private readonly ArrayStatement[] statements;
    private readonly Dictionary<(string, int), long> ids = [];

    public CommitBatch() =>
        statements = [inserts, notErased, updates, customers, activities, decisions, reviews, audit, causes, previous, undone, ledger];

    /// <summary>One result per step, in order; all of them committed, or an exception and none.</summary>
    /// <param name="tombstoneKey">What ids are hashed with to find out whether they were erased.</param>
    public async Task<CommitResult[]> Commit(NpgsqlConnection connection, List<PendingStep> steps, byte[] tombstoneKey)
    {
        Fill(steps, tombstoneKey);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
        {
            // Last, and only for those who move: the lock is held for as little as can be.
            if (statement == previous && ledger.Rows > 0) batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Query("commit_ledger_lock")));
            if (statement.Rows > 0) batch.BatchCommands.Add(statement.Command());
        }
        // Explicitly, and a round trip only for what this connection has not seen yet: statements prepared on the fly are lost when a
        // commit fails.
        await batch.PrepareAsync();
        ids.Clear();
        await using (var reader = await batch.ExecuteReaderAsync())
            do
                while (reader.FieldCount == 3 && await reader.ReadAsync())
                    ids[(reader.GetString(0), reader.GetInt32(1))] = reader.GetInt64(2);
            while (await reader.NextResultAsync());
        return [.. steps.Select(Committed)];
    }

    /// <summary>Those of the customers whose rows somebody else holds; it waits for none of them.</summary>
    /// <exception cref="PostgresException">A whole table is held.</exception>
    public static async Task<HashSet<string>> Locked(NpgsqlConnection connection, string[] customers)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Query("locks_briefly")));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Query("customers_locked")) { Parameters = { Db.Texts(customers) } });
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        var held = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync()) held.Add(reader.GetString(0));
        return held;
    }

    private void Fill(List<PendingStep> steps, byte[] tombstoneKey)
    {
        foreach (var statement in statements) statement.Clear();
        // Rows are taken in one order by every writer of every process, so that two of them wait but do not deadlock.
        steps.Sort(static (a, b) => string.CompareOrdinal(a.CustomerId, b.CustomerId));
        foreach (var pending in steps)
        {
            if (pending.Expected == 0)
            {
                inserts.Add(pending);
                notErased.Add(Tombstones.Hash(tombstoneKey, pending.CustomerId));
            }
            else
            {
                updates.Add(pending);
            }
            if (pending.Step.ProfileChanged) customers.Add(pending.Step);
            activities.Add(pending.Step);
            decisions.Add(pending.Step);
            reviews.Add(pending.Step);
            audit.Add(pending.Step);
            causes.Add(pending.Step);
        }
        // The ledger tells what happened in the order in which it became due.
        foreach (var pending in steps.Where(s => s.Step.Transitions.Length > 0).OrderBy(s => s.Step.Transitions[0].DueAt))
        {
            previous.Add(pending.Step);
            undone.Add(pending.Step);
            ledger.Add(pending.Step);
        }
    }

    private CommitResult Committed(PendingStep pending)
    {
        var transitions = pending.Step.Transitions;
        return new CommitResult.Committed(
            transitions.IsEmpty ? [] : [.. transitions.Select(t => t with { Id = ids[(t.CustomerId, t.Number)] })], pending.After);
    }
}
