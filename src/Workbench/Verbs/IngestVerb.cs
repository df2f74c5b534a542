using System.CommandLine;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;

namespace LStep.Workbench.Verbs;

/// <summary>What a silo of this build, or of another, takes in; as a process of its own.</summary>
public static class IngestVerb
{
    public static Command Build()
    {
        var customers = new Option<int>("--customers") { Description = "How many customers", DefaultValueFactory = _ => 100_000 }
            .Within(1, 10_000_000);
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long each part is measured; daily rows are made every half minute, so two minutes say more",
            DefaultValueFactory = _ => 20,
        }.Within(1, 600);
        var build = new Option<FileInfo>("--silo")
        {
            Description = "The lstep-silo.dll of another build to measure, such as the one before (this build)",
            HelpName = "PATH-TO-DLL",
        }.AcceptExistingOnly();
        var batchesOnly = new Option<bool>("--batches-only") { Description = "Only batches and COPY, to compare two builds in turn" };
        var verb = new Command("ingest",
            "Durable ingest over HTTP, evaluations at once, and the live feed, of a silo process; in DIR/bench. "
                + "With --postgres the database given should be an empty one, on this machine.")
        {
            customers, seconds, build, batchesOnly,
        };
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            var (options, report) = (common.Read(parsed, serving: false), new Report(Console.WriteLine));
            var dll = parsed.GetValue(build)?.FullName;
            await using var silo = await SiloUnderTest.Start(Path.Combine(options.DataFolder, "bench"), options.Postgres, dll, cancel);
            var whose = options.Postgres is null ? "" : ", as --postgres says";
            Figures.Write(
                [("measured", "ingest"), ("silo", dll ?? "this build"), .. Figures.Conditions(await silo.PostgreSql(cancel), whose)]);
            var bench = new IngestBench(silo, report, parsed.GetValue(customers), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            await bench.Run(parsed.GetValue(batchesOnly), cancel);
            Figures.Write(report.Figures);
        });
        return verb;
    }
}
