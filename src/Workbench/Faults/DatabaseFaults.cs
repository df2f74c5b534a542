using LStep.Grains.Database.Postgres;
using LStep.Silo;
using LStep.Silo.Supervision;
using Npgsql;

namespace LStep.Workbench.Faults;

/// <summary>What can go wrong inside a PostgreSQL that goes on running, and with the server itself; each is set right again.</summary>
internal sealed class DatabaseFaults(PrivatePostgres postgres)
{
    private const string Name = "lstep-faults";
    private const int RowsLockedMax = 40;
    private const int AttemptsMax = 30;

    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { ApplicationName = Name }.ConnectionString;

    public async Task Inflict(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.DatabaseRestart or FaultKind.DatabaseCrash:
                await postgres.StopServer(crash: fault.Kind is FaultKind.DatabaseCrash);
                await Pass(fault.Length);
                await postgres.StartAgain();
                break;
            case FaultKind.DatabaseKilled:
                UnixSignal.Send(postgres.ServerProcess!.Value, "KILL");
                await UntilStartedAgain();
                break;
            case FaultKind.Terminate:
                await using (var connection = await Open())
                    await Execute(connection, "bench_terminate", $"{fault.Draw}", 1 + fault.Draw % 12);
                break;
            case FaultKind.BackendsFrozen:
                await Freeze((await Backends("lstep-journal", fault.Draw)).Take(1 + fault.Draw % 2), fault.Length);
                break;
            case FaultKind.DatabaseFrozen:
                await Freeze([postgres.ServerProcess!.Value, .. await Backends("", fault.Draw)], fault.Length);
                break;
            case FaultKind.ReadOnly:
                await Between(fault.Length, "fault_read_only", "fault_read_only_end", andReload: true);
                break;
            case FaultKind.DiskFull:
                await Between(fault.Length, "fault_disk_full", "fault_disk_full_end", andReload: false);
                break;
            case FaultKind.TableLocked:
                await InTransaction(fault.Length, "fault_lock_table");
                break;
            case FaultKind.RowsLocked:
                await InTransaction(fault.Length, "fault_lock_rows", $"{fault.Draw}", 1 + fault.Draw % RowsLockedMax);
                break;
            case FaultKind.NoConnections:
                await Exhaust(fault.Length);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, null);
        }
    }

    private async Task UntilStartedAgain()
    {
        while (true)
            try
            {
                if (await postgres.StartIfEnded()) return;
                await Pass(TimeSpan.FromMilliseconds(100)); // it is not gone yet
            }
            catch (PrivatePostgresException)
            {
                // Sessions of the server before are still ending.
            }
    }

    private static async Task Freeze(IEnumerable<int> processes, TimeSpan length)
    {
        int[] frozen = [.. processes];
        foreach (var process in frozen) UnixSignal.Send(process, "STOP");
        await Pass(length);
        foreach (var process in frozen) UnixSignal.Send(process, "CONT");
    }

    private async Task<List<int>> Backends(string pool, int seed)
    {
        await using var connection = await Open();
        await using var command = Command(connection, "fault_backends", $"{seed}", pool);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<int>();
        while (await rows.ReadAsync()) found.Add(rows.GetInt32(0));
        return found;
    }

    private async Task Between(TimeSpan length, string begin, string end, bool andReload)
    {
        await using var connection = await Open();
        await Undisturbed(connection, begin);
        if (andReload) await Execute(connection, "fault_reload");
        await Pass(length);
        await Undisturbed(connection, end);
        if (andReload) await Execute(connection, "fault_reload");
    }

    /// <summary>
    /// Tables change under commits that come in another order: of two that wait for each other the server may end this one.
    /// </summary>
    private static async Task Undisturbed(NpgsqlConnection connection, string query)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await Execute(connection, query);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected && attempt < AttemptsMax)
            {
                // Nothing of it was done.
            }
    }

    private async Task InTransaction(TimeSpan length, string query, params object[] values)
    {
        await using var connection = await Open();
        await using var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, query, values);
        await Pass(length);
        await transaction.RollbackAsync();
    }

    private async Task Exhaust(TimeSpan length)
    {
        var held = new List<NpgsqlConnection>();
        try
        {
            while (true) held.Add(await Open());
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            await Pass(length);
        }
        finally
        {
            foreach (var connection in held) await connection.DisposeAsync();
        }
    }

    /// <summary>Not from a pool: what is kept there may be of a server that has died since.</summary>
    private async Task<NpgsqlConnection> Open()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Pooling = false, Options = "-c default_transaction_read_only=off",
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task Execute(NpgsqlConnection connection, string query, params object[] values)
    {
        await using var command = Command(connection, query, values);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string query, params object[] values)
    {
        var command = new NpgsqlCommand(WorkbenchSql.Query(query), connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static Task Pass(TimeSpan length) => Task.Delay(length, MachineClock.Instance);
}
