using System.Diagnostics;
using LStep.Grains.Database;
using LStep.Grains.Database.Postgres;
using LStep.Workbench.Simulation;
using Npgsql;

namespace LStep.Testing;

/// <summary>
/// A fresh, migrated database per test class (IClassFixture), on one private PostgreSQL per test run. The server's folder is removed at the
/// end.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private const string Template = "lstep_template";
    private static readonly Lazy<Task<PrivatePostgres>> Server = new(StartServer);
    private static readonly SemaphoreSlim OneAtATime = new(1);
    private static int databases;

    public string ConnectionString { get; private set; } = "";

    public PostgresDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        ConnectionString = await FreshDatabase();
        Database = new PostgresDatabase(ConnectionString);
    }

    public async Task DisposeAsync() => await Database.DisposeAsync();

    /// <summary>Another migrated database, where a test needs one of its own.</summary>
    public static async Task<string> FreshDatabase()
    {
        var server = await Server.Value;
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await Administer(server, $"CREATE DATABASE {name} TEMPLATE {Template}");
        return server.ConnectionStringTo(name);
    }

    private static async Task<PrivatePostgres> StartServer()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-tests-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        var server = await PrivatePostgres.Start(folder, new PrivatePostgresOptions { Durable = false, Database = Template });
        RemoveWhenThisProcessEnds(folder);
        await using var database = new PostgresDatabase(server.ConnectionString);
        await new Migrator(database).Up();
        return server;
    }

    /// <summary>A process of its own waits for the end of this one, however it comes: a killed test run leaves no server behind.</summary>
    private static void RemoveWhenThisProcessEnds(string folder)
    {
        const string Wait = """
            trap '' HUP INT TERM
            exec >/dev/null 2>&1 </dev/null
            while kill -0 "$1"; do sleep 1; done
            kill -QUIT "$(head -n 1 "$2/postgres/cluster/postmaster.pid")"
            sleep 1
            rm -rf "$2"
            """;
        Process.Start("sh", ["-c", Wait, "sh", $"{Environment.ProcessId}", folder])!.Dispose();
    }

    /// <summary>A template must have no connection while it is copied, so copies queue.</summary>
    private static async Task Administer(PrivatePostgres server, string sql)
    {
        await OneAtATime.WaitAsync();
        try
        {
            await using var source = NpgsqlDataSource.Create(server.ConnectionStringTo("postgres"));
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}
