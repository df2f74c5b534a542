using System.CommandLine;
using LStep.Silo;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;
using LStep.Workbench.Faults;

namespace LStep.Workbench.Verbs;

/// <summary>
/// Several silos of another build, replaced one by one by this build under load; then an audit in which every line must be 0.
/// </summary>
public static class UpgradeVerb
{
    public static Command Build()
    {
        var from = new Option<FileInfo>("--from")
        {
            Description = "lstep-silo.dll of the build before, beside all that it needs", Required = true,
        }.AcceptExistingOnly();
        var silos = WholeNumber.Of("--silos", "How many silo processes share the database", 3, 1, 16);
        var seconds = WholeNumber.Of("--seconds", "How long both builds work together after each step", 15, 1, 3_600);
        var back = new Option<bool>("--and-back")
        {
            Description = "The silo replaced last goes back to the build before, and then forward again",
        };
        var seed = new Option<ulong?>("--seed") { Description = "Of the messages (the present time)" }.Within(0, ulong.MaxValue);
        var customers = WholeNumber.Of("--customers", "How many customers come in the course of the run", 4_000, 1, 99_999);
        var rate = WholeNumber.Of("--rate", "Activities posted a second", 400, 20, 100_000);
        var verb = new Command(
            "upgrade",
            "A rolling upgrade on a private PostgreSQL in DIR/upgrade: silos of the build before on tables of its own, load with known ids "
                + "and hub clients, then the migrations of this build, then silo by silo SIGTERM and a start as this build. "
                + "Then an audit; exit 1 unless all of it is 0.")
        {
            from, silos, seconds, back, seed, customers, rate,
        };
        var common = new CommonOptions();
        verb.Add(common.Data);
        verb.SetAction(async (parsed, cancel) =>
        {
            var options = new UpgradeOptions
            {
                Folder = Path.Combine(Path.GetFullPath(parsed.GetValue(common.Data)!), "upgrade"),
                Seed = parsed.GetValue(seed) ?? (ulong)MachineClock.Instance.GetUtcNow().ToUnixTimeSeconds(),
                From = parsed.GetRequiredValue(from).FullName, Silos = parsed.GetValue(silos),
                Mixed = TimeSpan.FromSeconds(parsed.GetValue(seconds)), AndBack = parsed.GetValue(back),
                Customers = parsed.GetValue(customers), ActivitiesPerSecond = parsed.GetValue(rate),
            };
            Console.WriteLine($"seed {options.Seed}");
            var result = await LoadShown.Progress(options, tell => new UpgradeRun(options, tell).Run(cancel));
            Write(options, result);
            return LoadShown.Judge(options, result);
        });
        return verb;
    }

    private static void Write(UpgradeOptions options, UpgradeResult result)
    {
        Figures.Write(Figures.Conditions(result.Extent.PostgreSql, ""));
        Figures.Write(UpgradeReport.Lines(result).Select(line => (line.Step, line.Figure)));
        Figures.Write(
            [("seed, silos", $"{options.Seed}, {options.Silos}"), .. UpgradeReport.Figures(result), .. LoadShown.Figures(result)]);
    }
}
