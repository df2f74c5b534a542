using System.CommandLine;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;
using LStep.Workbench.Populations;
using LStep.Workbench.Replay;

namespace LStep.Workbench.Verbs;

/// <summary>How one silo and one PostgreSQL behave with a great many customers.</summary>
public static class PopulationVerb
{
    private const string Variable = "LSTEP_OULAD", Usually = "../shared/data/oulad";

    public static Command Build()
    {
        var customers = WholeNumber.Of("--customers", "How many customers", 1_000_000, 1_000, 10_000_000);
        var calls = WholeNumber.Of("--calls", "How often each question is asked", 20, 5, 10_000);
        var oulad = new Option<string?>("--oulad")
        {
            Description = $"Folder of OULAD event files or tables, else {Variable}, else {Usually}", HelpName = "DIR",
        };
        var common = new CommonOptions();
        var verb = new Command("population",
            "Sizes, the daily run, a start behind a day of due work, cold customers and the dashboard's questions over a great many "
            + "customers, with a private PostgreSQL in DIR. OULAD learners in the midst of their courses are played through the "
            + "product's own decisions up to today and stored whole; every other customer is a copy of one of them, with its state, "
            + "profile, ledger and reviews, the 10 newest entries of its log, the daily rows of 30 days and its records of decisions: of "
            + "more than 50,000 customers the newest 2. Up to 50,000 customers everything is proved again in the end, as verify does it.")
        {
            customers, calls, oulad, common.Data,
        };
        verb.SetAction(async (parsed, cancel) =>
        {
            var report = new Report(Console.WriteLine);
            var presentations = Presentations(parsed.GetValue(oulad) ?? CommonOptions.Variable(Variable) ?? Usually);
            var bench = new PopulationBench(
                Path.GetFullPath(parsed.GetValue(common.Data)!), report, parsed.GetValue(customers), parsed.GetValue(calls));
            var postgreSql = await bench.Run(presentations, cancel);
            Figures.Write(Figures.Conditions(postgreSql, ""));
            Figures.Write(report.Figures);
        });
        return verb;
    }

    private static IReadOnlyList<OuladPresentation> Presentations(string folder)
    {
        if (!Directory.Exists(folder)) throw new VerbRefusedException($"There is no OULAD in {folder}: give --oulad or {Variable}.");
        var presentations = ReplaySource.Presentations([folder]);
        return presentations.Count > 0 ? presentations : throw new VerbRefusedException($"There is no OULAD presentation in {folder}.");
    }
}
