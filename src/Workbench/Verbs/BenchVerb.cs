using System.CommandLine;
using System.Diagnostics;
using LStep.Grains.Database;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;
using LStep.Workbench.Bench.Peers;

namespace LStep.Workbench.Verbs;

/// <summary>Measures on this machine, with an empty database of its own, and prints a table.</summary>
public static class BenchVerb
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static Command Build() =>
        new("bench", "Measures on this machine, or has silos survive faults, and prints a table.")
        {
            IngestVerb.Build(),
            Measured("evaluate", "One evaluation, and the daily one of 1,000 and 10,000 customers", null, simulated: true,
                (bench, report, customers, _, cancel) =>
                    new EvaluateBench(bench, report, customers is { } given ? [given] : [1_000, 10_000]).Run(cancel)),
            Measured("memory", "What a resident customer weighs", 20_000, simulated: false,
                (bench, report, customers, _, cancel) => new MemoryBench(bench, report, customers ?? 20_000).Run(cancel)),
            Measured("storage", "Commits of the journal against Orleans' own grain storage", 20_000, simulated: false,
                (bench, report, customers, time, cancel) => new StorageBench(bench, report, customers ?? 20_000, time).Run(cancel)),
            AttacksVerb.Build(),
            ScaleVerb.Build(),
            FaultsVerb.Build(),
            UpgradeVerb.Build(),
            SendsVerb.Build(),
            CampaignsVerb.Build(),
            ScheduledVerb.Build(),
            AnalyticsVerb.Build(),
            PopulationVerb.Build(),
            ValueVerb.Build(),
            PredictionVerb.Build(),
            SimulationVerb.Build(),
            FuzzVerb.Build(),
        };

    private static Command Measured(
        string name, string what, int? usually, bool simulated, Func<BenchSilo, Report, int?, TimeSpan, CancellationToken, Task> run)
    {
        var customers = new Option<int?>("--customers")
        {
            Description = usually is null ? "How many customers" : $"How many customers ({usually:N0})",
        }.Within(1, 10_000_000);
        var seconds = new Option<int>("--seconds") { Description = "How long each part is measured", DefaultValueFactory = _ => 20 }
            .Within(1, 600);
        var verb = new Command(name, $"{what}; in DIR/bench. With --postgres the database given should be an empty one.") { customers };
        var timed = name is "storage";
        if (timed) verb.Add(seconds);
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            var report = new Report(Console.WriteLine);
            var options = common.Read(parsed, serving: false);
            if (name is "storage") options = options with { Services = StockStorage.AddTo };
            var watch = new Stopwatch();
            await using (var bench = await BenchSilo.Start(options, simulated ? Begin : null, cancel))
            {
                Figures.Write(
                    [("measured", name), .. Figures.Conditions(await PostgreSql(bench, cancel), " unless --postgres says otherwise")]);
                await run(bench, report, parsed.GetValue(customers), TimeSpan.FromSeconds(timed ? parsed.GetValue(seconds) : 0), cancel);
                watch.Start();
            }
            report.Add("the silo's stop, with all that was in memory (s)", watch.Elapsed.TotalSeconds, "0.0");
            Figures.Write(report.Figures);
        });
        return verb;
    }

    private static async Task<Version> PostgreSql(BenchSilo bench, CancellationToken cancel)
    {
        await using var connection = await bench.Get<PostgresDatabase>().Source.OpenConnectionAsync(cancel);
        return connection.PostgreSqlVersion;
    }
}
