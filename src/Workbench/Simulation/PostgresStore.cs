using LStep.Domain;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LStep.Workbench.Simulation;

/// <summary>The real tables, with a journal for each process. Empties the database it is given.</summary>
public sealed class PostgresStore(PostgresDatabase database) : ISimulationStore, IAsyncDisposable
{
    private readonly List<(CustomerStore Customers, Journal Journal)> opened = [];

    public Task Clear() => database.Use(async connection =>
    {
        await using var command = new NpgsqlCommand(WorkbenchSql.Query("simulation_clear"), connection);
        await command.ExecuteNonQueryAsync();
    });

    public Durable Open()
    {
        // One writer: what a process sends at once is committed in the order in which it was sent.
        opened.Add(
            (new CustomerStore(database), new Journal(database, new Partitions(database), NullLogger<Journal>.Instance, writers: 1)));
        return new Durable(opened[^1].Customers, opened[^1].Journal, new Checks(database), new Batches(database));
    }

    public async Task<IReadOnlyList<StoredAll>> All() =>
        await database.Use(connection => StoredAll.Page(connection, after: "", CancellationToken.None));

    public Task<IReadOnlyList<KeptCause>> Causes() => database.Use<IReadOnlyList<KeptCause>>(async connection =>
    {
        await using var command = new NpgsqlCommand(WorkbenchSql.Query("simulation_causes"), connection);
        await using var row = await command.ExecuteReaderAsync();
        var causes = new List<KeptCause>();
        while (await row.ReadAsync())
            causes.Add(new KeptCause(row.GetString(0), new StepCause(
                (CauseKind)row.GetInt16(1), row.GetInt32(2), StatusTags.Parse(row.GetString(3)), row.GetFieldValue<DateTimeOffset>(4),
                row.GetInt16(5))));
        return causes;
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var (customers, journal) in opened)
        {
            await customers.DisposeAsync();
            await journal.DisposeAsync();
        }
    }
}
