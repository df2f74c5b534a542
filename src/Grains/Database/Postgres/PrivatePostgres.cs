using Npgsql;

namespace LStep.Grains.Database.Postgres;

/// <summary>
/// A PostgreSQL of our own in the data folder. It outlives a killed process and is found again by the next one; several processes may
/// share it; the last to leave stops it.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Superuser = "lstep";
    private readonly PostgresBinaries binaries;
    private readonly PostgresFolder folder;
    private readonly PrivatePostgresOptions options;
    private FileStream? inUse;
    private volatile bool isStopped;

    private PrivatePostgres(PostgresBinaries binaries, PostgresFolder folder, PrivatePostgresOptions options) =>
        (this.binaries, this.folder, this.options) = (binaries, folder, options);

    /// <summary>Starts it, or attaches to the one that is running.</summary>
    /// <exception cref="PrivatePostgresException">It cannot be had; the message says what to do.</exception>
    public static async Task<PrivatePostgres> Start(
        string dataFolder, PrivatePostgresOptions? options = null, CancellationToken cancel = default)
    {
        var postgres = new PrivatePostgres(PostgresBinaries.Find(), new PostgresFolder(dataFolder), options ?? new());
        await postgres.folder.Own();
        await using (await FolderLock.Exclusive(postgres.folder.StartLock, cancel))
        {
            postgres.inUse = FolderLock.Shared(postgres.folder.UsersLock);
            try
            {
                await postgres.Prepare(cancel);
                if (!await postgres.IsRunning(cancel)) await postgres.StartServer(cancel);
                await postgres.EnsureDatabase(postgres.options.Database, cancel);
            }
            catch
            {
                await postgres.inUse.DisposeAsync();
                throw;
            }
        }
        return postgres;
    }

    /// <summary>Somebody uses it, or was killed while using it.</summary>
    public static bool IsRunningIn(string dataFolder) => new PostgresFolder(dataFolder).RunningPort() is not null;

    /// <summary>One was made there, whether it runs or not.</summary>
    public static bool ExistsIn(string dataFolder) => new PostgresFolder(dataFolder).Initialised;

    /// <summary>The server's process id, also of one that was killed; null when it is stopped.</summary>
    public int? ServerProcess => this.folder.ServerProcess;

    public string ConnectionString => ConnectionStringTo(this.options.Database);

    public string ConnectionStringTo(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = this.folder.Host,
        Port = this.folder.RunningPort()
            ?? throw new PrivatePostgresException($"PostgreSQL in {this.folder.Root} is not running; see {this.folder.Log}."),
        Username = Superuser,
        Password = this.folder.Password(),
        // Whoever got hold of the port while the server was away is not told the password, and cannot pretend to know it.
        RequireAuth = "ScramSHA256",
        Database = database,
    }.ConnectionString;

    /// <summary>Stops the server now, whoever uses it; for tests of what happens then.</summary>
    /// <param name="crash">Without a checkpoint: the next start recovers from the log, as after a crash.</param>
    public async Task StopServer(bool crash = false, CancellationToken cancel = default)
    {
        this.isStopped = true;
        var stop = this.binaries.Run(
            "pg_ctl", cancel, "stop", "-D", this.folder.Cluster, "-m", crash ? "immediate" : "fast", "-w", "-t", "60");
        // One that was killed meanwhile is stopped as well.
        if (await stop is (not 0, _) && this.folder.ServerLives()) await Must(stop);
    }

    /// <summary>Starts the server on the port it had, so that connection strings stay good.</summary>
    public async Task StartAgain(CancellationToken cancel = default)
    {
        await Launch(cancel);
        this.isStopped = false;
    }

    /// <summary>
    /// Starts the server again, where it was, if it has ended and nobody here stopped it; true when that was necessary. Of several
    /// processes that use it one does.
    /// </summary>
    /// <exception cref="PrivatePostgresException">It cannot be started, as while what is left of the one before still ends.</exception>
    public async Task<bool> StartIfEnded(CancellationToken cancel = default)
    {
        if (this.isStopped || this.folder.ServerLives()) return false;
        await using var start = await FolderLock.Exclusive(this.folder.StartLock, cancel);
        if (this.isStopped || this.folder.ServerLives()) return false;
        await Launch(cancel);
        return true;
    }

    public async Task EnsureDatabase(string name, CancellationToken cancel = default)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionStringTo("postgres"));
        await using var connection = await source.OpenConnectionAsync(cancel);
        if (await connection.Value<bool>("database_exists", cancel, name)) return;
        // An identifier cannot be a parameter; it is quoted here instead.
        await using var create = new NpgsqlCommand(Sql.Query("database_create").Replace(
            "NAME", name.Replace("\"", "\"\"", StringComparison.Ordinal), StringComparison.Ordinal), connection);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Leaves; stops the server when nobody else uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref this.inUse, null) is not { } inUse) return;
        await using var start = await FolderLock.Exclusive(this.folder.StartLock, CancellationToken.None);
        await inUse.DisposeAsync();
        await using var alone = FolderLock.TryExclusive(this.folder.UsersLock);
        this.isStopped = true;
        if (alone is not null && await IsRunning(CancellationToken.None)) await StopServer();
    }

    private async Task Prepare(CancellationToken cancel)
    {
        await this.folder.Prepare(this.binaries.Account);
        if (this.binaries.Account is { } account) await MustEnter(account, cancel);
        if (this.folder.Initialised) return;
        var password = await this.folder.PasswordCopy(this.binaries.Account);
        try
        {
            await Must(this.binaries.Run("initdb", cancel, "-D", this.folder.Cluster, "-U", Superuser, "-E", "UTF8", "--locale=C",
                "--auth=scram-sha-256", $"--pwfile={password}", this.options.Durable ? "--data-checksums" : "--no-sync"));
        }
        finally
        {
            File.Delete(password);
        }
    }

    private async Task MustEnter(string account, CancellationToken cancel)
    {
        var (code, output) = await this.binaries.Run("pg_ctl", cancel, "--version");
        if (code != 0) throw new PrivatePostgresException($"PostgreSQL's programs cannot be run as user {account}: {output}");
        for (var folder = new DirectoryInfo(this.folder.Root).Parent; folder is not null; folder = folder.Parent)
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                throw new PrivatePostgresException(
                    $"PostgreSQL runs as user {account}, who may not enter {folder.FullName}. Choose another data folder (--data), or: "
                        + $"chmod o+x {folder.FullName}");
    }

    private async Task<bool> IsRunning(CancellationToken cancel) =>
        this.folder.RunningPort() is not null
            && (await this.binaries.Run("pg_ctl", cancel, "status", "-D", this.folder.Cluster)).ExitCode == 0;

    private async Task StartServer(CancellationToken cancel)
    {
        await this.folder.Configure(this.options, await HasLz4(cancel), this.binaries.Account);
        await Launch(cancel);
    }

    /// <summary>Asks the program itself, which refuses a value that it was built without.</summary>
    private async Task<bool> HasLz4(CancellationToken cancel) =>
        await this.binaries.Run(
            "postgres", cancel, "-D", this.folder.Cluster, "-c", "wal_compression=lz4", "-C", "wal_compression") is (0, _);

    private async Task Launch(CancellationToken cancel)
    {
        var (code, output) = await this.binaries.Run(
            "pg_ctl", cancel, "start", "-D", this.folder.Cluster, "-l", this.folder.Log, "-w", "-t", $"{this.options.StartSecondsMax}");
        if (code != 0) throw new PrivatePostgresException(
            $"PostgreSQL did not start in {this.folder.Root}: {output}\n{string.Join('\n', File.ReadLines(this.folder.Log).TakeLast(10))}");
    }

    private static async Task Must(Task<(int ExitCode, string Output)> run)
    {
        if (await run is (not 0, var output)) throw new PrivatePostgresException($"PostgreSQL: {output}");
    }
}
