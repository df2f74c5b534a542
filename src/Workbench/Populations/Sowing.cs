using LStep.Domain;
using LStep.Domain.Packing;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using LStep.Grains.Time.Daily;
using LStep.Workbench.Bench;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Workbench.Populations;

/// <summary>
/// Puts learners into the tables with everything that the product keeps of them, through its own journal, and then copies of them.
/// </summary>
internal sealed class Sowing(SiloUnderTest silo, Report report)
{
    private const int CopiesPerPart = 10_000, PartsAtOnce = 2;

    public static string Id(int number) => $"pop-{number:00000000}";

    /// <summary>With their whole logs; the daily rows that follow from them are made at once.</summary>
    public async Task Learners(IReadOnlyList<PlayedLearner> learners, BusinessCalendar calendar, CancellationToken cancel)
    {
        await using var database = new PostgresDatabase(silo.ConnectionString);
        await using var journal = new Journal(database, new Partitions(database), NullLogger<Journal>.Instance);
        await Task.WhenAll(learners.Select(async learner =>
        {
            foreach (var step in learner.Steps)
                if (await journal.Commit(step, step.Accepted.IsEmpty ? CommitKind.TimeDriven : CommitKind.Ordinary)
                    is not CommitResult.Committed)
                    throw new InvalidOperationException($"A step of {step.After.CustomerId} was not taken.");
        }));
        await new DailyRows(database).FlushAsync(calendar, cancel);
    }

    /// <summary>While no silo runs: what follows from the ledger it counts when it is there again.</summary>
    /// <param name="decisions">How many records of each copy, the newest.</param>
    public async Task Copies(IReadOnlyList<PlayedLearner> learners, int customers, int decisions, CancellationToken cancel)
    {
        await Statements.Run(silo.Source, "population_names", cancel);
        await Statements.Run(silo.Source, "sown_templates", cancel);
        await Statements.Run(silo.Source, "sown_unindexed", cancel);
        var parts = Enumerable.Range(learners.Count, Math.Max(0, customers - learners.Count)).Chunk(CopiesPerPart).ToList();
        var done = 0;
        await Parallel.ForEachAsync(parts, new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancel },
            async (part, stop) =>
            {
                await Part(part, learners, decisions, stop);
                if (Interlocked.Increment(ref done) % 20 == 0) report.Begin($"{done * CopiesPerPart:N0} of them");
            });
        report.Begin("their indexes");
        await Statements.Run(silo.Source, "sown_indexed", cancel);
        await Statements.Run(silo.Source, "sown_end", cancel);
    }

    private async Task Part(int[] numbers, IReadOnlyList<PlayedLearner> learners, int decisions, CancellationToken cancel)
    {
        await using var connection = await silo.Source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Statements.Run(connection, "sown_untriggered", cancel);
        await Statements.Run(connection, "sown_copies", cancel, numbers[0], numbers[^1], learners.Count, decisions);
        await using (var states = await connection.BeginBinaryImportAsync(Statements.Copy("sown_states"), cancel))
        {
            foreach (var number in numbers) await Write(states, number, learners[number % learners.Count], cancel);
            await states.CompleteAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    private static async Task Write(NpgsqlBinaryImporter states, int number, PlayedLearner learner, CancellationToken cancel)
    {
        var state = learner.CopyFor(Id(number), $"-{number}");
        await states.StartRowAsync(cancel);
        await states.WriteAsync(state.CustomerId, NpgsqlDbType.Text, cancel);
        await states.WriteAsync(Shards.Of(state.CustomerId), NpgsqlDbType.Smallint, cancel);
        await states.WriteAsync(state.Version, NpgsqlDbType.Bigint, cancel);
        await states.WriteAsync(state.Tag.Code(), NpgsqlDbType.Text, cancel);
        await states.WriteAsync(state.TagSince, NpgsqlDbType.TimestampTz, cancel);
        if (learner.NextCheckAt is { } next) await states.WriteAsync(next, NpgsqlDbType.TimestampTz, cancel);
        else await states.WriteNullAsync(cancel);
        await states.WriteAsync(StatePacking.Pack(state), NpgsqlDbType.Bytea, cancel);
        await states.WriteAsync(StatePacking.PackRecent(state.Recent), NpgsqlDbType.Bytea, cancel);
    }
}
