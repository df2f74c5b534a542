using System.CommandLine;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;
using LStep.Workbench.Drains;

namespace LStep.Workbench.Verbs;

/// <summary>What scheduled actions and their planning cost the ingest.</summary>
public static class ScheduledVerb
{
    public static Command Build()
    {
        var actions = WholeNumber.Of("--actions", "How many actions one of the two databases has scheduled", 1_000_000, 1_000, 100_000_000);
        var customers = WholeNumber.Of("--customers", "How many customers, in each leg with --new-customers", 50_000, 500, 1_000_000);
        var seconds = WholeNumber.Of("--seconds", "How long a leg is", 20, 1, 600);
        var legs = WholeNumber.Of("--legs", "How many legs each has", 3, 1, 100);
        var fresh = new Option<bool>("--new-customers")
        {
            Description = "Compares new customers whose campaigns are planned with such for whom nothing is planned",
        };
        var common = new CommonOptions();
        var verb = new Command("scheduled",
            "Ingest with and without a great many scheduled actions, on two silos in turn, each with a private PostgreSQL in DIR.")
        {
            actions, customers, seconds, legs, fresh, common.Data,
        };
        verb.SetAction(async (parsed, cancel) =>
        {
            var report = new Report(Console.WriteLine);
            var bench = new ScheduledBench(
                Path.GetFullPath(parsed.GetValue(common.Data)!), report, parsed.GetValue(customers),
                TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(legs));
            var postgreSql = parsed.GetValue(fresh) ? await bench.NewCustomers(cancel)
                : await bench.Scheduled(parsed.GetValue(actions), cancel);
            Figures.Write(Figures.Conditions(postgreSql, ""));
            Figures.Write(report.Figures);
        });
        return verb;
    }
}
