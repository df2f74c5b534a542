using System.CommandLine;
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
        var customers = new Option<int?>("--customers") { Description = "How many customers (ingest: 100,000, evaluate: 10,000, memory: 20,000)" };
        var activities = new Option<int>("--activities") { Description = "How many activities the ingest gets in batches", DefaultValueFactory = _ => 300_000 };
        var verb = new Command("bench", "Measures on this machine, in DIR/bench, and prints a table. With --postgres the database given should be an empty one.") { name, customers, activities };
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            var which = parsed.GetValue(name)!;
            var count = parsed.GetValue(customers);
            await using var bench = await BenchSilo.Start(common.Read(parsed, serving: false), which == "evaluate" ? Begin : null, cancel);
            Console.WriteLine($"Measuring {which} on {Environment.ProcessorCount} processors …");
            var figures = which switch
            {
                "ingest" => await new IngestBench(bench, count ?? 100_000, parsed.GetValue(activities)).Run(cancel),
                "evaluate" => await new EvaluateBench(bench, count ?? 10_000).Run(cancel),
                _ => await new MemoryBench(bench, count ?? 20_000).Run(cancel),
            };
            var table = new Table().HideHeaders().AddColumns("what", "figure");
            table.Columns[1].RightAligned();
            foreach (var (what, figure) in figures) table.AddRow(Markup.Escape(what), figure);
            AnsiConsole.Write(table);
        });
        return verb;
    }
}
