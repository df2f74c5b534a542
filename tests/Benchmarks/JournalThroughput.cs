using System.Diagnostics;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using LStep.Grains.Database.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Benchmarks;

/// <summary>
/// The journal against COPY of the same rows into the same table with the same keys, on one durable private PostgreSQL, in one run.
/// </summary>
internal static class JournalThroughput
{
    private const int Customers = 20_000;
    private const int ActivitiesPerStep = 5;
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static async Task Run()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-bench-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        await using (var postgres = await PrivatePostgres.Start(folder))
        {
            await using var database = new PostgresDatabase(postgres.ConnectionString);
            await new Migrator(database).Up();
            await using var journal = new Journal(database, new Partitions(database), NullLogger<Journal>.Instance);
            Console.WriteLine($"{"what",-28}{"steps/s",12}{"activities/s",14}");

            var steps = Enumerable.Range(0, Customers).Select(c => First($"customer-{c:D7}")).ToList();
            Print("new customers", Customers, await Commit(journal, steps));
            for (var round = 1; round <= 3; round++)
            {
                steps = [.. steps.Select(s => Next(s.After, round))];
                Print($"known customers, round {round}", Customers, await Commit(journal, steps));
                // What the journal would write next, by COPY: the log's rows alone, without states and fences.
                var copied = await Copy(database, steps.Select(s => Next(s.After, round + 10)));
                Print("  COPY of as many rows", 0, copied);
            }
            await using var store = new CustomerStore(database);
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(steps.Take(10_000).Select(step => store.Load(step.After.CustomerId)));
            Console.WriteLine($"10,000 customers loaded in {watch.ElapsedMilliseconds:N0} ms");
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<TimeSpan> Commit(Journal journal, List<Step> steps)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(steps.Select(step => journal.Commit(step)));
        return watch.Elapsed;
    }

    private static async Task<TimeSpan> Copy(PostgresDatabase database, IEnumerable<Step> steps)
    {
        var list = steps.ToList();
        var watch = Stopwatch.StartNew();
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY activities (customer_id, message_id, received_at, occurred_at, recorded_at, sequence, version, type, event, origin, "
                + "batch_no, properties, subject, final, count, mobile) FROM STDIN (FORMAT binary)");
        foreach (var step in list)
            for (var i = 0; i < step.Accepted.Length; i++)
            {
                var a = step.Accepted[i];
                await copy.StartRowAsync();
                await copy.WriteAsync(step.After.CustomerId, NpgsqlDbType.Text);
                await copy.WriteAsync(a.MessageId, NpgsqlDbType.Text);
                await copy.WriteAsync(a.ReceivedAt, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(a.OccurredAt, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(step.At, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(i, NpgsqlDbType.Integer);
                await copy.WriteAsync(step.After.Version, NpgsqlDbType.Bigint);
                await copy.WriteAsync((short)a.Type, NpgsqlDbType.Smallint);
                await copy.WriteAsync(a.Event, NpgsqlDbType.Text);
                await copy.WriteAsync((short)a.Origin, NpgsqlDbType.Smallint);
                await copy.WriteAsync(a.BatchNumber, NpgsqlDbType.Bigint);
                await copy.WriteAsync(a.Properties, NpgsqlDbType.Json);
                await copy.WriteAsync(a.Subject ?? "", NpgsqlDbType.Text);
                await copy.WriteAsync(a.Final, NpgsqlDbType.Boolean);
                await copy.WriteAsync(a.Count, NpgsqlDbType.Integer);
                await copy.WriteAsync(a.Mobile, NpgsqlDbType.Boolean);
            }
        await copy.CompleteAsync();
        return watch.Elapsed;
    }

    private static void Print(string what, int steps, TimeSpan took) =>
        Console.WriteLine(
            $"{what,-28}{(steps == 0 ? "" : $"{steps / took.TotalSeconds:N0}"),12}"
                + $"{Customers * ActivitiesPerStep / took.TotalSeconds,14:N0}");

    private static Step First(string id)
    {
        var unborn = new CustomerState { CustomerId = id, Tag = StatusTag.Active, TagSince = Noon, EvaluatedAt = Noon,
            Profile = Profile.Empty, Governance = Governance.Empty };
        var step = Taken(null, unborn, 0);
        var transition = new Transition { CustomerId = id, Number = 1, To = StatusTag.Active, At = Noon, DueAt = Noon,
            AssignedBy = "system", Reason = "first assignment", Kind = TransitionKind.First };
        return step with { After = step.After with { Governance = new Governance { Transitions = 1 } }, Transitions = [transition] };
    }

    private static Step Next(CustomerState before, int round) => Taken(before, before, round);

    private static Step Taken(CustomerState? before, CustomerState state, int round)
    {
        var at = Noon.AddMinutes(round);
        var activities = Enumerable.Range(0, ActivitiesPerStep).Select(i => new Activity
        {
            MessageId = $"message-{round:D4}-{i}-{state.CustomerId}", Type = ActivityType.PageView, Event = "Lesson 4",
            OccurredAt = at.AddSeconds(i), ReceivedAt = at,
            Properties = """{"name":"Lesson 4","device":"phone","count":1}""",
        }).ToList();
        var admitted = Admission.Admit(state, activities, BusinessCalendar.Utc, at);
        var after = admitted.State with { Version = state.Version + 1 };
        return new Step { Before = before, After = after, At = at, Accepted = admitted.Accepted, NextCheckAt = at.AddDays(5) };
    }
}
