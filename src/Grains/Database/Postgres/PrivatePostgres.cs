using Npgsql;

namespace LStep.Grains.Database.Postgres;

/// <summary>
/// A PostgreSQL of our own in the data folder. It outlives a killed process and is found again by the next one; several processes may
/// share it; the last to leave stops it.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Superuser = "lstep";
    private readonly PostgresBinaries _binaries;
    private readonly PostgresFolder _folder;
    private readonly PrivatePostgresOptions _options;
    private FileStream? _inUse;

    private PrivatePostgres(PostgresBinaries binaries, PostgresFolder folder, PrivatePostgresOptions options) =>
        (_binaries, _folder, _options) = (binaries, folder, options);

    /// <summary>Starts it, or attaches to the one that is running.</summary>
    /// <exception cref="PrivatePostgresException">It cannot be had; the message says what to do.</exception>
    public static async Task<PrivatePostgres> Start(string dataFolder, PrivatePostgresOptions? options = null, CancellationToken cancel = default)
    {
        var postgres = new PrivatePostgres(PostgresBinaries.Find(), new PostgresFolder(dataFolder), options ?? new());
        Directory.CreateDirectory(postgres._folder.Root);
        await using (await FolderLock.Exclusive(postgres._folder.StartLock, cancel))
        {
            postgres._inUse = FolderLock.Shared(postgres._folder.UsersLock);
            try
            {
                await postgres.Prepare(cancel);
                if (!await postgres.IsRunning(cancel)) await postgres.StartServer(cancel);
                await postgres.EnsureDatabase(postgres._options.Database, cancel);
            }
            catch
            {
                await postgres._inUse.DisposeAsync();
                throw;
            }
        }
        return postgres;
    }

    /// <summary>Somebody uses it, or was killed while using it.</summary>
    public static bool IsRunningIn(string dataFolder) => new PostgresFolder(dataFolder).RunningPort() is not null;

    public string ConnectionString => ConnectionStringTo(_options.Database);

    public string ConnectionStringTo(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _folder.SocketFolder,
        Port = _folder.RunningPort() ?? throw new PrivatePostgresException($"PostgreSQL in {_folder.Root} is not running; see {_folder.Log}."),
        Username = Superuser,
        Password = _folder.Password(),
        Database = database,
    }.ConnectionString;

    /// <summary>Stops the server now, whoever uses it; for tests of what happens then.</summary>
    /// <param name="crash">Without a checkpoint: the next start recovers from the log, as after a crash.</param>
    public async Task StopServer(bool crash = false, CancellationToken cancel = default) =>
        await Must(_binaries.Run("pg_ctl", cancel, "stop", "-D", _folder.Cluster, "-m", crash ? "immediate" : "fast", "-w", "-t", "60"));

    /// <summary>Starts the server on the port it had, so that connection strings stay good.</summary>
    public async Task StartAgain(CancellationToken cancel = default) => await Launch(cancel);

    public async Task EnsureDatabase(string name, CancellationToken cancel = default)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionStringTo("postgres"));
        await using var connection = await source.OpenConnectionAsync(cancel);
        if (await connection.Value<bool>("database_exists", cancel, name)) return;
        // An identifier cannot be a parameter; it is quoted here instead.
        await using var create = new NpgsqlCommand(Sql.Query("database_create").Replace("NAME", name.Replace("\"", "\"\"", StringComparison.Ordinal), StringComparison.Ordinal), connection);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Leaves; stops the server when nobody else uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _inUse, null) is not { } inUse) return;
        await using var start = await FolderLock.Exclusive(_folder.StartLock, CancellationToken.None);
        await inUse.DisposeAsync();
        await using var alone = FolderLock.TryExclusive(_folder.UsersLock);
        if (alone is not null && await IsRunning(CancellationToken.None)) await StopServer();
    }

    private async Task Prepare(CancellationToken cancel)
    {
        var password = _folder.Password();
        Directory.CreateDirectory(_folder.SocketFolder);
        Directory.CreateDirectory(_folder.Cluster);
        if (!File.Exists(_folder.Log)) await File.WriteAllTextAsync(_folder.Log, "", cancel);
        if (_binaries.Account is { } account)
        {
            await Must(PostgresBinaries.Execute(["/bin/chown", "-R", account, _folder.Cluster, _folder.SocketFolder, _folder.Log], cancel));
            await MustEnter(account, cancel);
        }
        if (_folder.Initialised) return;
        var passwordCopy = Path.Combine(_folder.SocketFolder, "initial");
        try
        {
            await File.WriteAllTextAsync(passwordCopy, password, cancel);
            File.SetUnixFileMode(passwordCopy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            if (_binaries.Account is { } owner) await Must(PostgresBinaries.Execute(["/bin/chown", owner, passwordCopy], cancel));
            await Must(_binaries.Run("initdb", cancel, "-D", _folder.Cluster, "-U", Superuser, "-E", "UTF8", "--locale=C",
                "--auth=scram-sha-256", $"--pwfile={passwordCopy}", _options.Durable ? "--data-checksums" : "--no-sync"));
        }
        finally
        {
            File.Delete(passwordCopy);
        }
    }

    private async Task MustEnter(string account, CancellationToken cancel)
    {
        var (code, output) = await _binaries.Run("pg_ctl", cancel, "--version");
        if (code != 0) throw new PrivatePostgresException($"PostgreSQL's programs cannot be run as user {account}: {output}");
        for (var folder = new DirectoryInfo(_folder.Root); folder is not null; folder = folder.Parent)
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                throw new PrivatePostgresException($"PostgreSQL runs as user {account}, who may not enter {folder.FullName}. Choose another data folder (--data), or: chmod o+x {folder.FullName}");
    }

    private async Task<bool> IsRunning(CancellationToken cancel) =>
        _folder.RunningPort() is not null && (await _binaries.Run("pg_ctl", cancel, "status", "-D", _folder.Cluster)).ExitCode == 0;

    private async Task StartServer(CancellationToken cancel)
    {
        _folder.Configure(_options);
        await Launch(cancel);
    }

    private async Task Launch(CancellationToken cancel)
    {
        var (code, output) = await _binaries.Run("pg_ctl", cancel, "start", "-D", _folder.Cluster, "-l", _folder.Log, "-w", "-t", $"{_options.StartSecondsMax}");
        if (code != 0) throw new PrivatePostgresException($"PostgreSQL did not start in {_folder.Root}: {output}\n{string.Join('\n', File.ReadLines(_folder.Log).TakeLast(10))}");
    }

    private static async Task Must(Task<(int ExitCode, string Output)> run)
    {
        if (await run is (not 0, var output)) throw new PrivatePostgresException($"PostgreSQL: {output}");
    }
}
