using System.CommandLine;
using LStep.Domain.Deciding;
using LStep.Silo;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;
using LStep.Workbench.Faults;
using Spectre.Console;

namespace LStep.Workbench.Verbs;

/// <summary>
/// Several silos of this build under load and under a seeded series of faults, then an audit in which every line must be 0.
/// </summary>
public static class FaultsVerb
{
    public static Command Build()
    {
        var silos = WholeNumber.Of("--silos", "How many silo processes share the database", 3, 1, 16);
        var minutes = new Option<double>("--minutes") { Description = "How long faults go on", DefaultValueFactory = _ => 5 }
            .Within(0.01m, 1_440);
        var seed = new Option<ulong?>("--seed")
        {
            Description = "Of the faults and the messages; printed, so that a run can be repeated (the present time)",
        }.Within(0, ulong.MaxValue);
        var customers = WholeNumber.Of("--customers", "How many customers come in the course of the run", 4_000, 1, 99_999);
        var rate = WholeNumber.Of("--rate", "Activities posted a second", 400, 20, 100_000);
        var verb = new Command(
            "faults",
            "Silo processes on a private PostgreSQL in DIR/faults, load with known ids, hub clients, and a seeded series of faults: "
                + "kill -9, SIGSTOP, SIGTERM, PostgreSQL restarted, crashed, killed and stopped, read-only, full, locked and without "
                + "connections, backends terminated and stopped, connections cut, clocks stepped. "
                + "Then an audit; exit 1 unless all of it is 0.")
        {
            silos, minutes, seed, customers, rate,
        };
        var common = new CommonOptions();
        verb.Add(common.Data);
        verb.SetAction(async (parsed, cancel) =>
        {
            var options = new FaultOptions
            {
                Folder = Path.Combine(Path.GetFullPath(parsed.GetValue(common.Data)!), "faults"),
                Seed = parsed.GetValue(seed) ?? (ulong)MachineClock.Instance.GetUtcNow().ToUnixTimeSeconds(),
                Silos = parsed.GetValue(silos), Time = TimeSpan.FromMinutes(parsed.GetValue(minutes)),
                Customers = parsed.GetValue(customers), ActivitiesPerSecond = parsed.GetValue(rate),
            };
            Console.WriteLine($"seed {options.Seed}");
            var result = await LoadShown.Progress(options, tell => new FaultRun(options, tell).Run(cancel));
            Write(options, result);
            return LoadShown.Judge(options, result);
        });
        return verb;
    }

    private static void Write(FaultOptions options, FaultResult result)
    {
        Figures.Write(Figures.Conditions(result.Extent.PostgreSql, ""));
        var faults = new Table().AddColumns("fault", "survived", "all answered after: median, worst (s)");
        foreach (var kind in result.Survived.GroupBy(one => one.Fault.Kind).OrderBy(kind => kind.Key))
        {
            var seconds = new Latencies(kind.Select(one => one.AllAnswered.TotalSeconds));
            faults.AddRow(Fault.Name(kind.Key), $"{seconds.Count}", $"{seconds.At(0.5):0.0}, {seconds.Slowest:0.0}");
        }
        AnsiConsole.Write(faults);
        Figures.Write(
        [
            ("seed, silos", $"{options.Seed}, {options.Silos}"),
            ("faults survived", $"{result.Survived.Length}"),
            ("silos started again: ended after SIGCONT, failed to start",
                $"{result.Ends.Count(end => end.Kind is EndKind.AfterFreeze)}, {result.Ends.Count(end => end.Kind is EndKind.AtStart)}"),
            ("connections cut in the middle of an answer", $"{result.ConnectionsCut:N0}"),
            .. LoadShown.Figures(result),
        ]);
    }
}
