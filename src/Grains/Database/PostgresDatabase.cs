using System.Diagnostics;
using Npgsql;

namespace LStep.Grains.Database;

/// <summary>The one way to PostgreSQL: pools, limits, and the translation of outside failures.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    public PostgresDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        Source = Pool(
            connectionString, "lstep", DatabaseLimits.ConnectionsPerPoolMax, DatabaseLimits.PreparedStatementsPerConnectionMax, Patience);
        BackgroundSource = Pool(
            connectionString, "lstep-background", DatabaseLimits.BackgroundConnectionsMax,
            DatabaseLimits.PreparedStatementsPerConnectionMax, "", DatabaseLimits.BackgroundCommandTimeoutSeconds,
            DatabaseLimits.BackgroundConnectTimeoutSeconds);
        // Arrays of a thousand are nothing the planner can judge by their content: one plan, made once, by index.
        JournalSource = Pool(
            connectionString, "lstep-journal", DatabaseLimits.JournalConnectionsMax, 0,
            Patience + " -c plan_cache_mode=force_generic_plan");
        (Ingest, Strangers) = (Questions(QueryPoolLimits.Ingest), Questions(QueryPoolLimits.Strangers));
        Hub = Questions(QueryPoolLimits.Hub);
        (People, Reports) = (Questions(QueryPoolLimits.People), Questions(QueryPoolLimits.Reports));
    }

    private PostgresDatabase(PostgresDatabase whole, NpgsqlConnection bound)
    {
        (ConnectionString, Source, BackgroundSource, JournalSource) =
            (whole.ConnectionString, whole.Source, whole.BackgroundSource, whole.JournalSource);
        (Ingest, Strangers, Hub) = (whole.Ingest.On(bound), whole.Strangers.On(bound), whole.Hub.On(bound));
        (People, Reports) = (whole.People.On(bound), whole.Reports.On(bound));
        this.bound = bound;
    }

    private readonly NpgsqlConnection? bound;

    private static string Patience => $" -c lock_timeout={DatabaseLimits.LockTimeoutMs}";

    /// <summary>In the order in which they matter; none takes connections of another.</summary>
    public QueryPool Ingest { get; }

    public QueryPool Strangers { get; }

    public QueryPool Hub { get; }

    public QueryPool People { get; }

    public QueryPool Reports { get; }

    /// <summary>As it was given, with the password: for those who keep a pool of their own.</summary>
    public string ConnectionString { get; }

    /// <summary>For reads and rare writes that somebody waits for.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>For workers and reports: they may take long, and wait for others of their kind.</summary>
    internal NpgsqlDataSource BackgroundSource { get; }

    /// <summary>
    /// For the writers of the journal and the loaders of states: few connections, statements prepared by those who use them.
    /// </summary>
    internal NpgsqlDataSource JournalSource { get; }

    /// <summary>Runs work on a pooled connection, for somebody who waits.</summary>
    /// <exception cref="StorageUnavailableException">PostgreSQL is away, or cannot do it now.</exception>
    /// <exception cref="RefusedByDatabaseException">It cannot be written or asked as it is.</exception>
    public Task<T> Use<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel = default) => Use(Source, work, cancel);

    public Task Use(Func<NpgsqlConnection, Task> work, CancellationToken cancel = default) =>
        Use(async connection =>
        {
            await work(connection);
            return true;
        }, cancel);

    /// <summary>As <see cref="Use{T}"/>, for work that nobody waits for: it may take long, and wait for others' locks.</summary>
    public Task<T> InBackground<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel = default) =>
        Use(BackgroundSource, work, cancel);

    public Task InBackground(Func<NpgsqlConnection, Task> work, CancellationToken cancel = default) =>
        InBackground(async connection =>
        {
            await work(connection);
            return true;
        }, cancel);

    /// <summary>
    /// As <see cref="Use{T}"/>, in a transaction that commits when the work returns. The work may be done more than once: where others were
    /// faster, nothing of it was written, and it is done again.
    /// </summary>
    public async Task<T> Transaction<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel = default)
    {
        var began = Stopwatch.GetTimestamp();
        return await Use(async connection =>
        {
            for (var attempt = 1; ; attempt++)
                try
                {
                    return await InTransaction(connection, work, cancel);
                }
                catch (PostgresException e) when (
                    SqlStates.IsContended(e.SqlState) && attempt < DatabaseLimits.AttemptsPerTransactionMax
                    && Stopwatch.GetElapsedTime(began).TotalMilliseconds < DatabaseLimits.LockTimeoutMs)
                {
                    // Once more, on the same connection.
                }
        }, cancel);
    }

    /// <summary>As <see cref="Transaction{T}"/>, for work that nobody waits for.</summary>
    public Task<T> TransactionInBackground<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel = default) =>
        InBackground(connection => InTransaction(connection, work, cancel), cancel);

    private static async Task<T> InTransaction<T>(
        NpgsqlConnection connection, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var result = await work(connection);
        await transaction.CommitAsync(cancel);
        return result;
    }

    /// <summary>As <see cref="Use{T}"/>, in a session of its own that ends with the work, and its locks with it.</summary>
    /// <param name="secondsMax">Of a command, a quarter of it for a lock; 0 for as long as it takes.</param>
    internal async Task<T> Apart<T>(int secondsMax, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel)
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            ApplicationName = "lstep-apart", Pooling = false, CommandTimeout = secondsMax,
            // A start has more patience than a request: whoever starts it again would only meet the same.
            Timeout = secondsMax == 0 ? DatabaseLimits.BackgroundConnectTimeoutSeconds : DatabaseLimits.ConnectTimeoutSeconds,
            CancellationTimeout = DatabaseLimits.CancellationTimeoutMs, IncludeErrorDetail = false,
        };
        settings.Options = $"{settings.Options} -c lock_timeout={secondsMax * 250}".Trim();
        await using var source = NpgsqlDataSource.Create(settings.ConnectionString);
        return await Use(source, work, cancel);
    }

    internal void ForgetPrepared()
    {
        Source.Clear();
        BackgroundSource.Clear();
    }

    /// <summary>
    /// Work of several of those who take a database, in one transaction: all of it is written, or nothing. They get one that is good for
    /// as long as the work takes.
    /// </summary>
    /// <param name="lockKey">Of several processes that do the same at once, one does it at a time.</param>
    public Task Together(long lockKey, Func<PostgresDatabase, Task> work, CancellationToken cancel = default) =>
        TransactionInBackground(async connection =>
    {
        await connection.Execute("alone", cancel, lockKey);
        await work(new PostgresDatabase(this, connection));
        return true;
    }, cancel);

    /// <summary>As <see cref="Together"/>, for somebody who waits: as <see cref="Transaction{T}"/>, it fails within seconds.</summary>
    public Task<T> Alone<T>(long lockKey, Func<PostgresDatabase, Task<T>> work, CancellationToken cancel = default) =>
        Transaction(async connection =>
        {
            await connection.Execute("alone", cancel, lockKey);
            return await work(new PostgresDatabase(this, connection));
        }, cancel);

    /// <summary>False when PostgreSQL does not answer.</summary>
    public async Task<bool> Ping(CancellationToken cancel = default)
    {
        try
        {
            return await Use(async connection => await connection.Value<int>("ping", cancel) == 1, cancel);
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await BackgroundSource.DisposeAsync();
        await JournalSource.DisposeAsync();
        foreach (var questions in new[] { Ingest, Strangers, Hub, People, Reports }) await questions.DisposeAsync();
    }

    private QueryPool Questions(QueryPoolLimits limits) => new(limits, (name, connectionsMax, options) => Pool(
        ConnectionString, name, connectionsMax, DatabaseLimits.PreparedStatementsPerConnectionMax, Patience + options));

    private Task<T> Use<T>(NpgsqlDataSource source, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel) => Translated(
        () => bound is not null ? work(bound) : On(source, work, cancel), cancel);

    /// <summary>On a connection of a pool, which keeps none that is of no more use.</summary>
    internal static async Task<T> On<T>(NpgsqlDataSource source, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                return await work(connection);
            }
            catch (PostgresException e) when (SqlStates.IsOfSession(e.SqlState))
            {
                source.Clear();
                // Such a session has written nothing: on one that begins now the work may well be done.
                if (attempt > 1) throw;
            }
    }

    /// <summary>What PostgreSQL throws comes out as ours.</summary>
    internal static async Task<T> Translated<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && OutsideFailure.Is(e))
        {
            throw OutsideFailure.Translate(e);
        }
        catch (PostgresException e)
        {
            throw new RefusedByDatabaseException($"PostgreSQL refused it: {e.SqlState} {e.MessageText}");
        }
    }

    private static NpgsqlDataSource Pool(
        string connectionString, string name, int connectionsMax, int preparedMax, string options,
        int commandSecondsMax = DatabaseLimits.CommandTimeoutSeconds, int connectSecondsMax = DatabaseLimits.ConnectTimeoutSeconds)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = name,
            MaxPoolSize = connectionsMax,
            MinPoolSize = 0,
            Timeout = connectSecondsMax,
            CancellationTimeout = DatabaseLimits.CancellationTimeoutMs,
            MaxAutoPrepare = preparedMax,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            IncludeErrorDetail = false,
        };
        if (!settings.ShouldSerialize("Command Timeout")) settings.CommandTimeout = commandSecondsMax;
        // Of two the last one counts, which is the caller's own.
        settings.Options =
            $"-c idle_in_transaction_session_timeout={DatabaseLimits.IdleInTransactionMsMax}{options} {settings.Options}".Trim();
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.EnableParameterLogging(false);
        builder.Name = name; // else metrics call the pool by its connection string
        // Statements of a request or a commit are told with it; those of the pollers, several a second for ever, are not told.
        builder.ConfigureTracing(tracing => tracing
            .ConfigureCommandFilter(_ => System.Diagnostics.Activity.Current is not null)
            .ConfigureBatchFilter(_ => System.Diagnostics.Activity.Current is not null)
            .EnablePhysicalOpenTracing(false).EnableFirstResponseEvent(false));
        return builder.Build();
    }
}
