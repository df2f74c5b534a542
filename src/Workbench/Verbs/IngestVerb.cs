using System.CommandLine;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;
using LStep.Workbench.Bench.Ingest;

namespace LStep.Workbench.Verbs;

/// <summary>What a silo of this build, or of another, takes in; as a process of its own.</summary>
public static class IngestVerb
{
    public static Command Build()
    {
        var customers = new Option<int>("--customers") { Description = "How many customers", DefaultValueFactory = _ => 100_000 }
            .Within(1, 10_000_000);
        var activeDays = new Option<int>("--active-days")
        {
            Description = "How many active days each of them has before the load begins", DefaultValueFactory = _ => 10,
        }.Within(1, 14);
        var runs = new Option<int>("--runs")
        {
            Description = "How often batches are measured, for the intervals", DefaultValueFactory = _ => 3,
        }.Within(1, 20);
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long each run and each other part is; daily rows are made every half minute", DefaultValueFactory = _ => 60,
        }.Within(1, 600);
        var build = Dll("--silo", "The lstep-silo.dll of another build to measure (this build)");
        var against = Dll("--against", "The lstep-silo.dll of another build that takes the same load in turn, on a database of its own");
        var batchesOnly = new Option<bool>("--batches-only") { Description = "Only batches and COPY, to compare two builds" };
        var pin = new Option<bool>("--pin")
        {
            Description = "The silo keeps to the first processor and PostgreSQL to the second, as on two machines of one",
        };
        var verb = new Command("ingest",
            "Durable ingest over HTTP, evaluations at once, the live feed, and beside them COPY, a plain service and Orleans' own grain "
                + "storage, of a silo process; in DIR/bench. With --postgres the database given should be an empty one, on this machine.")
        {
            customers, activeDays, runs, seconds, build, against, batchesOnly, pin,
        };
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            var (options, report) = (common.Read(parsed, serving: false), new Report(Console.WriteLine));
            var (dll, folder) = (parsed.GetValue(build)?.FullName, Path.Combine(options.DataFolder, "bench"));
            await using var silo = await SiloUnderTest.Start(folder, options.Postgres, dll, cancel);
            await using var other = parsed.GetValue(against)?.FullName is { } second
                ? await SiloUnderTest.Start(Path.Combine(options.DataFolder, "bench-against"), null, second, cancel) : null;
            var whose = options.Postgres is null ? "" : ", as --postgres says";
            Figures.Write([
                ("measured", "ingest"), ("silo", dll ?? "this build"), ("against", other?.Build ?? "nothing"),
                .. Figures.Conditions(await silo.PostgreSql(cancel), whose),
            ]);
            var plan = new IngestPlan(
                parsed.GetValue(customers), parsed.GetValue(activeDays), parsed.GetValue(runs),
                TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(batchesOnly), parsed.GetValue(pin));
            await new IngestBench(folder, report, plan).Run(silo, other, cancel);
            Figures.Write(report.Figures);
        });
        return verb;
    }

    private static Option<FileInfo> Dll(string name, string what) =>
        new Option<FileInfo>(name) { Description = what, HelpName = "PATH-TO-DLL" }.AcceptExistingOnly();
}
