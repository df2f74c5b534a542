using System.CommandLine;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;

namespace LStep.Workbench.Verbs;

/// <summary>What several silos take in, beside what one does.</summary>
public static class ScaleVerb
{
    public static Command Build()
    {
        var silos = new Option<int>("--silos") { Description = "How many", DefaultValueFactory = _ => 3 }.Within(2, 16);
        var customers = new Option<int>("--customers") { Description = "How many customers", DefaultValueFactory = _ => 20_000 }
            .Within(1, 10_000_000);
        var seconds = new Option<int>("--seconds") { Description = "How long each is measured", DefaultValueFactory = _ => 20 }
            .Within(1, 600);
        var common = new CommonOptions();
        var verb = new Command("scale", "The same load on one silo process and on several, each time on a private PostgreSQL in DIR.")
        {
            silos, customers, seconds, common.Data,
        };
        verb.SetAction(async (parsed, cancel) =>
        {
            var report = new Report(Console.WriteLine);
            var folder = Path.GetFullPath(parsed.GetValue(common.Data)!);
            var postgreSql = await new ScaleBench(folder, report, parsed.GetValue(customers), TimeSpan.FromSeconds(
                parsed.GetValue(seconds))).Run(parsed.GetValue(silos), cancel);
            Figures.Write(Figures.Conditions(postgreSql, ""));
            Figures.Write(report.Figures);
        });
        return verb;
    }
}
