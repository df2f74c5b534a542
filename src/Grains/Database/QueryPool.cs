using Npgsql;

namespace LStep.Grains.Database;

/// <summary>
/// Connections for questions of one kind, and a bounded queue for those who wait for one. Each kind has its own, so that many questions
/// of one kind keep none of another waiting.
/// </summary>
public sealed class QueryPool : IAsyncDisposable
{
    private readonly QueryPoolLimits limits;
    private readonly NpgsqlDataSource source;
    private readonly SemaphoreSlim free;
    private readonly NpgsqlConnection? bound;
    private int waiting;

    internal QueryPool(QueryPoolLimits limits, Func<string, int, string, NpgsqlDataSource> pool)
    {
        this.limits = limits;
        free = new SemaphoreSlim(limits.ConnectionsMax);
        var options = limits.StatementMsMax is 0 ? "" : $" -c statement_timeout={limits.StatementMsMax}";
        // A question that many ask may use one processor, not all of them.
        source = pool(limits.Name, limits.ConnectionsMax, options + " -c max_parallel_workers_per_gather=0");
    }

    private QueryPool(QueryPoolLimits limits, NpgsqlDataSource source, NpgsqlConnection bound) =>
        (this.limits, this.source, this.bound, free) = (limits, source, bound, new SemaphoreSlim(1));

    /// <summary>Questions that wait for a connection.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <exception cref="OverloadedException">Too many are waiting, or it waited too long.</exception>
    /// <exception cref="TooSlowException">The answer took longer than this kind of question may.</exception>
    /// <exception cref="StorageUnavailableException">PostgreSQL is away, or cannot do it now.</exception>
    /// <exception cref="RefusedByDatabaseException">It cannot be written or asked as it is.</exception>
    public async Task<T> Use<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel = default)
    {
        if (bound is not null) return await PostgresDatabase.Translated(() => work(bound), cancel);
        await Enter(cancel);
        try
        {
            return await PostgresDatabase.Translated(() => Ask(work, cancel), cancel);
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>The same questions on a connection that is given, in its transaction.</summary>
    internal QueryPool On(NpgsqlConnection connection) => new(limits, source, connection);

    public Task Use(Func<NpgsqlConnection, Task> work, CancellationToken cancel = default) =>
        Use(async connection =>
        {
            await work(connection);
            return true;
        }, cancel);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<T> Ask<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel)
    {
        try
        {
            return await PostgresDatabase.On(source, work, cancel);
        }
        catch (PostgresException e) when (IsTimeout(e) && !cancel.IsCancellationRequested)
        {
            throw new TooSlowException($"a question of {limits.Name} took more than {limits.StatementMsMax} ms");
        }
    }

    private bool IsTimeout(PostgresException e) => limits.StatementMsMax > 0 && e.SqlState == PostgresErrorCodes.QueryCanceled;

    private async Task Enter(CancellationToken cancel)
    {
        if (free.Wait(0, CancellationToken.None)) return;
        try
        {
            if (Interlocked.Increment(ref waiting) > limits.WaitingMax)
                throw new OverloadedException($"{limits.WaitingMax} questions of {limits.Name} are waiting");
            if (!await free.WaitAsync(limits.WaitMsMax, cancel))
                throw new OverloadedException($"a question of {limits.Name} waited for {limits.WaitMsMax} ms");
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}

/// <summary>Bounds of one kind of questions; the unit is in the name.</summary>
/// <param name="StatementMsMax">0: as long as a command may take anyway.</param>
public sealed record QueryPoolLimits(string Name, int ConnectionsMax, int WaitingMax, int WaitMsMax, int StatementMsMax)
{
    /// <summary>Keys, anonymous and refused events: what the ingest needs to answer.</summary>
    public static QueryPoolLimits Ingest { get; } = new("lstep-ingest", 8, 10_000, 4_000, 0);

    /// <summary>Secrets that are not known here, which anybody can invent by the thousand, and callers by links of messages.</summary>
    public static QueryPoolLimits Strangers { get; } = new("lstep-strangers", 2, 500, 4_000, 0);

    /// <summary>The live feed and those who catch up over it.</summary>
    public static QueryPoolLimits Hub { get; } = new("lstep-hub", 4, 5_000, 4_000, 0);

    /// <summary>What people and programs look at, page by page.</summary>
    public static QueryPoolLimits People { get; } = new("lstep-people", 6, 500, 4_000, 3_500);

    /// <summary>Search, filters that no index has, and figures over everybody.</summary>
    public static QueryPoolLimits Reports { get; } = new("lstep-reports", 2, 20, 1_500, 3_500);
}
