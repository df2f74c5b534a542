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
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => stranger.Ping());
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
