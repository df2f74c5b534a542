using System.CommandLine;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;
using LStep.Workbench.Reading;

namespace LStep.Workbench.Verbs;

/// <summary>How long the dashboard's questions take over a great many customers.</summary>
public static class AnalyticsVerb
{
    public static Command Build()
    {
        var customers = WholeNumber.Of("--customers", "How many customers, with five ledger rows each", 1_000_000, 1_000, 10_000_000);
        var calls = WholeNumber.Of("--calls", "How often each question is asked", 40, 5, 10_000);
        var seconds = WholeNumber.Of("--seconds", "How long a leg of ingest is", 15, 1, 600);
        var legs = WholeNumber.Of("--legs", "How many legs of ingest with questions, and without", 3, 1, 100);
        var common = new CommonOptions();
        var verb = new Command("analytics",
            "Every question of the dashboard over a great many customers, and what the ingest loses beside them, with a private PostgreSQL "
            + "in DIR.")
        {
            customers, calls, seconds, legs, common.Data,
        };
        verb.SetAction(async (parsed, cancel) =>
        {
            var report = new Report(Console.WriteLine);
            var bench = new AnalyticsBench(
                Path.GetFullPath(parsed.GetValue(common.Data)!), report, parsed.GetValue(customers), parsed.GetValue(calls),
                TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(legs));
            var postgreSql = await bench.Run(cancel);
            Figures.Write(Figures.Conditions(postgreSql, ""));
            Figures.Write(report.Figures);
        });
        return verb;
    }
}
