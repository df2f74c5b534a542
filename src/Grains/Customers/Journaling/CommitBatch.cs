using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Customers.Journaling;

/// <summary>The statements of one commit, in one implicit transaction and one round trip. Kept and refilled, never shared.</summary>
internal sealed class CommitBatch
{
    /// <summary>What lstep_fence raises.</summary>
    public const string FencedOut = "LS001";

    private readonly StateInserts _inserts = new();
    private readonly StateUpdates _updates = new();
    private readonly CustomerUpserts _customers = new();
    private readonly ActivityInserts _activities = new();
    private readonly DecisionInserts _decisions = new();
    private readonly ReviewUpserts _reviews = new();
    private readonly LedgerPrevious _previous = new();
    private readonly LedgerInserts _ledger = new();
    private readonly ArrayStatement[] _statements;
    private readonly Dictionary<(string, int), long> _ids = [];

    public CommitBatch() => _statements = [_inserts, _updates, _customers, _activities, _decisions, _reviews, _previous, _ledger];

    /// <summary>One result per step, in order; all of them committed, or an exception and none.</summary>
    public async Task<CommitResult[]> Commit(NpgsqlConnection connection, List<PendingStep> steps)
    {
        Fill(steps);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in _statements)
        {
            // Last, and only for those who move: the lock is held for as little as can be.
            if (statement == _previous && _ledger.Rows > 0) batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Query("commit_ledger_lock")));
            if (statement.Rows > 0) batch.BatchCommands.Add(statement.Command());
        }
        // Explicitly, and a round trip only for what this connection has not seen yet: statements prepared on the fly are lost when a commit fails.
        await batch.PrepareAsync();
        _ids.Clear();
        await using (var reader = await batch.ExecuteReaderAsync())
            do
                while (reader.FieldCount == 3 && await reader.ReadAsync()) _ids[(reader.GetString(0), reader.GetInt32(1))] = reader.GetInt64(2);
            while (await reader.NextResultAsync());
        return [.. steps.Select(Committed)];
    }

    private void Fill(List<PendingStep> steps)
    {
        foreach (var statement in _statements) statement.Clear();
        // Rows are taken in one order by every writer of every process, so that two of them wait but do not deadlock.
        steps.Sort(static (a, b) => string.CompareOrdinal(a.CustomerId, b.CustomerId));
        foreach (var pending in steps)
        {
            if (pending.Expected == 0) _inserts.Add(pending);
            else _updates.Add(pending);
            if (pending.Step.ProfileChanged) _customers.Add(pending.Step);
            _activities.Add(pending.Step);
            _decisions.Add(pending.Step);
            _reviews.Add(pending.Step);
        }
        // The ledger tells what happened in the order in which it became due.
        foreach (var pending in steps.Where(s => s.Step.Transitions.Length > 0).OrderBy(s => s.Step.Transitions[0].DueAt))
        {
            _previous.Add(pending.Step);
            _ledger.Add(pending.Step);
        }
    }

    private CommitResult Committed(PendingStep pending)
    {
        var transitions = pending.Step.Transitions;
        return transitions.Length == 0
            ? CommitResult.CommittedWithoutTransitions
            : new CommitResult.Committed([.. transitions.Select(t => t with { Id = _ids[(t.CustomerId, t.Number)] })]);
    }
}
