using Npgsql;

namespace LStep.Grains.Database;

/// <summary>The one way to PostgreSQL: pools, limits, and the translation of outside failures.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    public PostgresDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        Source = Pool(
            connectionString, "lstep", DatabaseLimits.ConnectionsPerPoolMax, DatabaseLimits.PreparedStatementsPerConnectionMax, "");
        // Arrays of a thousand are nothing the planner can judge by their content: one plan, made once, by index.
        JournalSource = Pool(
            connectionString, "lstep-journal", DatabaseLimits.JournalConnectionsMax, 0, " -c plan_cache_mode=force_generic_plan");
        (Ingest, Strangers) = (Questions(QueryPoolLimits.Ingest), Questions(QueryPoolLimits.Strangers));
        Hub = Questions(QueryPoolLimits.Hub);
        (People, Reports) = (Questions(QueryPoolLimits.People), Questions(QueryPoolLimits.Reports));
    }

    /// <summary>In the order in which they matter; none takes connections of another.</summary>
    public QueryPool Ingest { get; }

    public QueryPool Strangers { get; }

    public QueryPool Hub { get; }

    public QueryPool People { get; }

    public QueryPool Reports { get; }

    /// <summary>As it was given, with the password: for those who keep a pool of their own.</summary>
    public string ConnectionString { get; }

    /// <summary>For reads and rare writes.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>
    /// For the writers of the journal and the loaders of states: few connections, statements prepared by those who use them.
    /// </summary>
    internal NpgsqlDataSource JournalSource { get; }

    /// <summary>Runs work on a pooled connection; outside failures come out as <see cref="StorageUnavailableException"/>.</summary>
    public async Task<T> Use<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel = default)
    {
        try
        {
            await using var connection = await Source.OpenConnectionAsync(cancel);
            return await work(connection);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && OutsideFailure.Is(e))
        {
            throw OutsideFailure.Translate(e);
        }
    }

    public Task Use(Func<NpgsqlConnection, Task> work, CancellationToken cancel = default) =>
        Use(async connection =>
        {
            await work(connection);
            return true;
        }, cancel);

    /// <summary>As <see cref="Use{T}"/>, in a transaction that commits when the work returns.</summary>
    public Task<T> Transaction<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel = default) =>
        Use(async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var result = await work(connection);
            await transaction.CommitAsync(cancel);
            return result;
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
        await JournalSource.DisposeAsync();
        foreach (var questions in new[] { Ingest, Strangers, Hub, People, Reports }) await questions.DisposeAsync();
    }

    private QueryPool Questions(QueryPoolLimits limits) => new(limits, (name, connectionsMax, options) => Pool(
        ConnectionString, name, connectionsMax, DatabaseLimits.PreparedStatementsPerConnectionMax, options));

    private static NpgsqlDataSource Pool(string connectionString, string name, int connectionsMax, int preparedMax, string options)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = name,
            MaxPoolSize = connectionsMax,
            MinPoolSize = 0,
            Timeout = DatabaseLimits.ConnectTimeoutSeconds,
            CommandTimeout = DatabaseLimits.CommandTimeoutSeconds,
            MaxAutoPrepare = preparedMax,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            IncludeErrorDetail = false,
        };
        settings.Options =
            $"{settings.Options} -c idle_in_transaction_session_timeout={DatabaseLimits.IdleInTransactionMsMax}{options}".Trim();
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
