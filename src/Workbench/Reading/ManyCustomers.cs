using LStep.Silo;
using LStep.Workbench.Bench;
using LStep.Workbench.Processes;
using Npgsql;

namespace LStep.Workbench.Reading;

/// <summary>
/// A great many customers with the history of two years, put there by SQL beside samples that came by the ingest: five ledger rows each,
/// and reviews. What follows from the ledger the silo counts by itself.
/// </summary>
internal static class ManyCustomers
{
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(500);

    public static async Task Fill(SiloUnderTest silo, int customers, Report report, CancellationToken cancel)
    {
        report.Begin("samples");
        await new SampleCustomers(silo, MachineClock.Instance.GetUtcNow()).Make(cancel);
        report.Begin($"{customers:N0} customers");
        await Statements.Run(silo.Source, "population_names", cancel);
        await Statements.Run(silo.Source, "population_customers", cancel, customers);
        report.Begin($"{5L * customers:N0} ledger rows");
        await using (var connection = await silo.Source.OpenConnectionAsync(cancel))
        await using (var transaction = await connection.BeginTransactionAsync(cancel))
        {
            // As the journal does it: whoever follows the ledger finds the states that go with it.
            await Statements.Run(connection, "population_ledger", cancel);
            report.Begin("states and reviews");
            await Statements.Run(connection, "population_states", cancel, SampleCustomers.Tags, SampleCustomers.Habits);
            await transaction.CommitAsync(cancel);
        }
        await Statements.Run(silo.Source, "population_reviews", cancel);
        await Statements.Run(silo.Source, "population_vacuum", cancel);
    }

    /// <summary>Until the silo's own figures have followed.</summary>
    public static async Task UntilCounted(NpgsqlDataSource source, CancellationToken cancel)
    {
        while (true)
        {
            await using var command = source.CreateCommand(WorkbenchSql.Query("population_counted"));
            command.CommandTimeout = 0;
            if ((bool)(await command.ExecuteScalarAsync(cancel))!) return;
            await Task.Delay(LooksEvery, MachineClock.Instance, cancel);
        }
    }

    public static Task Settle(NpgsqlDataSource source, CancellationToken cancel) => Statements.Run(source, "population_vacuum", cancel);
}
