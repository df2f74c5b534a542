using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using LStep.Grains.Database.Postgres;
using LStep.Workbench.Simulation;
using Microsoft.Extensions.Logging.Abstractions;

namespace LStep.System.Tests.Database;


public sealed class PrivatePostgresTests : IDisposable
{
    private static readonly PrivatePostgresOptions Quick = new() { Durable = false };
    private readonly string folder = MadeFolder();

    public void Dispose() => Directory.Delete(this.folder, recursive: true);

    [Fact]
    public async Task The_second_process_attaches_and_the_last_to_leave_stops_it()
    {
        var one = await PrivatePostgres.Start(this.folder, Quick);
        var other = await PrivatePostgres.Start(this.folder, Quick);
        Assert.Equal(one.ConnectionString, other.ConnectionString);

        await one.DisposeAsync();
        Assert.True(await Answers(other.ConnectionString));
        var connectionString = other.ConnectionString;
        await other.DisposeAsync();
        Assert.False(await Answers(connectionString));

        await using var later = await PrivatePostgres.Start(this.folder, Quick);
        Assert.True(await Answers(later.ConnectionString));
    }

    [Fact]
    public async Task The_password_is_nobody_elses_to_read_and_is_asked_for()
    {
        await using var postgres = await PrivatePostgres.Start(this.folder, Quick);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(this.folder, "postgres", "password")));
        await using var stranger = new PostgresDatabase(postgres.ConnectionString + ";Password=guess");
        Assert.False(await stranger.Ping());
    }

    [Fact]
    public async Task All_that_lies_in_its_folder_is_its_owners_alone()
    {
        await using var postgres = await PrivatePostgres.Start(this.folder, Quick);

        var root = Path.Combine(this.folder, "postgres");
        Assert.Equal(UnixFileMode.None, Others(File.GetUnixFileMode(root)) & ~UnixFileMode.GroupExecute);
        foreach (var path in Directory.EnumerateFileSystemEntries(root))
            Assert.True(Others(File.GetUnixFileMode(path)) == UnixFileMode.None, $"{path} is {File.GetUnixFileMode(path)}");
        Assert.Equal(
            ["cluster", "password", "server.log", "socket", "start.lock", "users.lock"],
            Directory.EnumerateFileSystemEntries(root).Select(Path.GetFileName).Order());
        foreach (var socket in Directory.EnumerateFiles(Path.Combine(root, "socket"), ".s.*"))
            Assert.Equal(UnixFileMode.None, Others(File.GetUnixFileMode(socket)));
    }

    [Fact]
    public async Task Its_log_tells_of_a_refused_row_without_what_is_in_it()
    {
        await using var postgres = await PrivatePostgres.Start(this.folder, Quick);
        await using var source = Npgsql.NpgsqlDataSource.Create(postgres.ConnectionString);
        await using (var make = source.CreateCommand("CREATE TABLE people (name text CHECK (length(name) < 5), age int UNIQUE)"))
            await make.ExecuteNonQueryAsync();
        foreach (var (name, age) in new[] { ("Anne-Sophie", 1), ("Bo", 77_123), ("Bea", 77_123) })
            try
            {
                await using var insert = source.CreateCommand("INSERT INTO people VALUES ($1, $2)");
                insert.Parameters.AddWithValue(name);
                insert.Parameters.AddWithValue(age);
                await insert.ExecuteNonQueryAsync();
            }
            catch (Npgsql.PostgresException)
            {
                // That is what is looked for in the log.
            }

        var log = await File.ReadAllTextAsync(Path.Combine(this.folder, "postgres", "server.log"));
        Assert.Contains("people_age_key", log);
        Assert.DoesNotContain("Anne-Sophie", log);
        Assert.DoesNotContain("77123", log);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("socket")]
    [InlineData("server.log")]
    [InlineData("cluster")]
    [InlineData("")]
    public async Task A_link_laid_in_its_place_is_refused_and_what_it_leads_to_stays_as_it_was(string name)
    {
        var (root, victim) = (Path.Combine(this.folder, "postgres"), Path.Combine(this.folder, "victim"));
        var isFolder = name is "" or "socket" or "cluster";
        if (isFolder) Directory.CreateDirectory(victim);
        else await File.WriteAllTextAsync(victim, "precious");
        if (name.Length > 0) Directory.CreateDirectory(root);
        File.CreateSymbolicLink(Path.Combine(root, name).TrimEnd('/'), victim);

        var refused = await Assert.ThrowsAsync<PrivatePostgresException>(() => PrivatePostgres.Start(this.folder, Quick));

        Assert.Contains("is a link", refused.Message, StringComparison.Ordinal);
        if (isFolder) Assert.Empty(Directory.EnumerateFileSystemEntries(victim));
        else Assert.Equal("precious", await File.ReadAllTextAsync(victim));
    }

    [Fact]
    public async Task A_data_folder_whose_path_is_too_long_for_a_socket_is_served_on_loopback_and_leaves_nothing_elsewhere()
    {
        var deep = Path.Combine(this.folder, new string('ä', 60));
        Directory.CreateDirectory(deep, File.GetUnixFileMode(this.folder));
        File.SetUnixFileMode(deep, File.GetUnixFileMode(this.folder));

        await using var postgres = await PrivatePostgres.Start(deep, Quick);

        Assert.True(await Answers(postgres.ConnectionString));
        Assert.Equal("127.0.0.1", new Npgsql.NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host);
        Assert.False(Directory.Exists(Path.Combine(deep, "postgres", "socket")));
    }

    [Fact]
    public async Task A_server_that_is_killed_is_started_again_by_one_of_those_who_use_it()
    {
        await using var one = await PrivatePostgres.Start(this.folder, Quick);
        await using var other = await PrivatePostgres.Start(this.folder, Quick);
        var connectionString = one.ConnectionString;
        Assert.False(await one.StartIfEnded());

        global::System.Diagnostics.Process.GetProcessById(one.ServerProcess!.Value).Kill();
        await Signals.UntilAsync(async () => !await Answers(connectionString));
        var started = 0;
        await Task.WhenAll(Again(one), Again(other));

        Assert.Equal(1, started);
        Assert.True(await Answers(connectionString));
        await one.StopServer();
        Assert.False(await one.StartIfEnded());

        Task Again(PrivatePostgres postgres) => Signals.UntilAsync(async () =>
        {
            try
            {
                if (await postgres.StartIfEnded()) Interlocked.Increment(ref started);
                return started > 0;
            }
            catch (PrivatePostgresException)
            {
                return false; // what is left of the server before still ends
            }
        });
    }

    [Fact]
    public async Task While_it_is_stopped_storage_is_unavailable_and_afterwards_work_goes_on()
    {
        await using var postgres = await PrivatePostgres.Start(this.folder, Quick);
        await using var database = new PostgresDatabase(postgres.ConnectionString);
        await new Migrator(database).Up();
        await using var journal = new Journal(database, new Partitions(database), NullLogger<Journal>.Instance);
        await using var store = new CustomerStore(database);
        var first = Steps.First("before");
        await journal.Commit(first);

        await postgres.StopServer();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => journal.Commit(Steps.Next(first.After, StatusTag.Progressing)));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.Load("before"));
        Assert.False(await database.Ping());

        await postgres.StartAgain();
        Assert.Equal(1, (await store.Load("before"))!.Version);
        Assert.IsType<CommitResult.Committed>(await journal.Commit(Steps.Next(first.After, StatusTag.Progressing)));
        Assert.True(await database.Ping());
    }

    private static UnixFileMode Others(UnixFileMode mode) =>
        mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private static async Task<bool> Answers(string connectionString)
    {
        await using var database = new PostgresDatabase(connectionString);
        return await database.Ping();
    }

    private static string MadeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-private-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        return folder;
    }
}
