using System.CommandLine;
using System.Runtime.InteropServices;
using LStep.Grains.Storage;
using LStep.Silo.Bench;
using Spectre.Console;

namespace LStep.Silo.Verbs;

/// <summary>Measures on this machine, with an empty database of its own, and prints a table.</summary>
public static class BenchVerb
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "ingest, evaluate or memory" };
        name.AcceptOnlyFromAmong("ingest", "evaluate", "memory");
        var customers = new Option<int?>("--customers") { Description = "How many customers (ingest: 100,000, evaluate: 1,000 and 10,000, memory: 20,000)" };
        var seconds = new Option<int>("--seconds") { Description = "How long each part of the ingest is measured", DefaultValueFactory = _ => 20 };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 600) result.AddError("--seconds is a number from 1 to 600");
        });
        var verb = new Command("bench", "Measures on this machine, in DIR/bench, and prints a table. With --postgres the database given should be an empty one.") { name, customers, seconds };
        verb.Add(SimulationVerb.Build());
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            var which = parsed.GetValue(name)!;
            var count = parsed.GetValue(customers);
            var report = new Report(Console.WriteLine);
            await using var bench = await BenchSilo.Start(common.Read(parsed, serving: false), which == "evaluate" ? Begin : null, cancel);
            Write([("measured", which), .. await Conditions(bench, cancel)]);
            await (which switch
            {
                "ingest" => new IngestBench(bench, report, count ?? 100_000, TimeSpan.FromSeconds(parsed.GetValue(seconds))).Run(cancel),
                "evaluate" => new EvaluateBench(bench, report, count is { } given ? [given] : [1_000, 10_000]).Run(cancel),
                _ => new MemoryBench(bench, report, count ?? 20_000).Run(cancel),
            });
            Write(report.Figures);
        });
        return verb;
    }

    /// <summary>Without them no figure means anything.</summary>
    private static async Task<IEnumerable<(string, string)>> Conditions(BenchSilo bench, CancellationToken cancel)
    {
        await using var connection = await bench.Get<Database>().Source.OpenConnectionAsync(cancel);
        return
        [
            ("on", $"{LStepSilo.WallClock.GetUtcNow():yyyy-MM-dd HH:mm}Z"),
            ("processors", $"{Environment.ProcessorCount}"),
            ("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GB"),
            (".NET", RuntimeInformation.FrameworkDescription),
            ("PostgreSQL", $"{connection.PostgreSqlVersion}, on the same machine unless --postgres says otherwise; fsync and synchronous_commit on"),
        ];
    }

    private static void Write(IEnumerable<(string What, string Figure)> figures)
    {
        var table = new Table().HideHeaders().AddColumns("what", "figure");
        table.Columns[1].RightAligned();
        foreach (var (what, figure) in figures) table.AddRow(Markup.Escape(what), Markup.Escape(figure));
        AnsiConsole.Write(table);
    }
}
