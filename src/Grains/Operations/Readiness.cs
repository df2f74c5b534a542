using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;

namespace LStep.Grains.Operations;

/// <summary>Whether this process could do its work now: PostgreSQL takes commits, and has the tables that this build needs.</summary>
public sealed class Readiness(Migrator migrator, Journal journal)
{
    /// <param name="IsOfTables">The tables are not those of this build.</param>
    /// <param name="Reason">A sentence.</param>
    public sealed record Trouble(bool IsOfTables, string Reason);

    private const int FreshMs = 1_000;
    private const int TablesFreshMs = 10_000;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);
    private static readonly Trouble NoAnswer = new(false, "The database does not answer.");

    private readonly Lock looking = new();
    private Task<Trouble?>? last;
    private long lastAt;
    private Task<string?>? tables;
    private long tablesAt;
    private bool areTablesRight;

    /// <summary>Null when it could. However many ask, it looks once a second.</summary>
    public async Task<Trouble?> Look(CancellationToken cancel)
    {
        Task<Trouble?> look;
        lock (looking)
        {
            if (last is null || (last.IsCompleted && Environment.TickCount64 - lastAt > FreshMs))
                (last, lastAt) = (LookNow(), Environment.TickCount64);
            look = last;
        }
        try
        {
            return await look.WaitAsync(AnswerWithin, cancel);
        }
        catch (TimeoutException)
        {
            return NoAnswer;
        }
    }

    private async Task<Trouble?> LookNow()
    {
        try
        {
            if (await Tables() is { } missing) return new Trouble(true, missing);
            await journal.Probe();
            return journal.Trouble is { } reason ? new Trouble(false, reason) : null;
        }
        catch (StorageUnavailableException e)
        {
            return new Trouble(false, e.Reason);
        }
        catch (RefusedByDatabaseException)
        {
            return new Trouble(false, "The database refuses to be written to.");
        }
    }

    /// <summary>
    /// What is wrong with the tables. While they were right at the last look, the next one runs beside the answer, which does not wait for
    /// it: such a look takes a session of its own and reads the whole catalogue.
    /// </summary>
    private async Task<string?> Tables()
    {
        var isOld = Environment.TickCount64 - tablesAt > TablesFreshMs || !areTablesRight || journal.Trouble is not null;
        if (tables is null || (tables.IsCompleted && isOld)) (tables, tablesAt) = (migrator.Trouble(), Environment.TickCount64);
        if (areTablesRight && journal.Trouble is null && !tables.IsCompleted) return null;
        areTablesRight = false;
        var trouble = await tables;
        areTablesRight = trouble is null;
        return trouble;
    }
}
