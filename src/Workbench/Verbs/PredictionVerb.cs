using System.CommandLine;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;

namespace LStep.Workbench.Verbs;

/// <summary>What predictions and trainings cost, and what a training costs those who send events.</summary>
public static class PredictionVerb
{
    public static Command Build()
    {
        var customers = new Option<int>("--customers") { Description = "How many customers", DefaultValueFactory = _ => 100_000 }
            .Within(1, 10_000_000);
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long each leg of ingest with and without a training is", DefaultValueFactory = _ => 20,
        }.Within(1, 600);
        var verb = new Command("prediction",
            "Predictions of a population, a training on its history, and ingest with and without a training in turn; in DIR/bench. "
                + "With --postgres the database given should be an empty one, on this machine.")
        {
            customers, seconds,
        };
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            var (options, report) = (common.Read(parsed, serving: false), new Report(Console.WriteLine));
            await using var silo = await SiloUnderTest.Start(Path.Combine(options.DataFolder, "bench"), options.Postgres, null, cancel);
            var whose = options.Postgres is null ? "" : ", as --postgres says";
            Figures.Write([("measured", "prediction"), .. Figures.Conditions(await silo.PostgreSql(cancel), whose)]);
            using var bench = new PredictionBench(
                silo, report, parsed.GetValue(customers), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            await bench.Run(cancel);
            Figures.Write(report.Figures);
        });
        return verb;
    }
}
