using System.CommandLine;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;
using LStep.Workbench.Bench.Attacks;

namespace LStep.Workbench.Verbs;

/// <summary>How a silo serves a legitimate client while others attack it; exit 1 when one of its requests is not served.</summary>
public static class AttacksVerb
{
    public static Command Build()
    {
        var customers = new Option<int>("--customers") { Description = "How many customers", DefaultValueFactory = _ => 20_000 }
            .Within(1, 10_000_000);
        var seconds = new Option<int>("--seconds") { Description = "How long each attack lasts", DefaultValueFactory = _ => 20 }
            .Within(1, 600);
        var build = new Option<FileInfo>("--silo")
        {
            Description = "The lstep-silo.dll of another build to attack, such as the one before (this build)", HelpName = "PATH-TO-DLL",
        }.AcceptExistingOnly();
        var verb = new Command("attacks",
            "Attacks a silo process in every way open to a client without a key or to one customer, and measures a legitimate client's "
                + "latency meanwhile; in DIR/bench. Exit 1 when one of its requests is not answered with a 2xx.")
        {
            customers, seconds, build,
        };
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            var (options, report) = (common.Read(parsed, serving: false), new Report(Console.WriteLine));
            await using var silo = await SiloUnderTest.Start(
                Path.Combine(options.DataFolder, "bench"), options.Postgres, parsed.GetValue(build)?.FullName, cancel);
            Figures.Write([("measured", "attacks"), .. Figures.Conditions(await silo.PostgreSql(cancel), "")]);
            var bench = new AttackBench(silo, report, parsed.GetValue(customers), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            await bench.Run(cancel);
            Figures.Write(report.Figures);
            foreach (var other in bench.NotServed) await Console.Error.WriteLineAsync(other);
            return bench.NotServed.Count == 0 ? 0 : 1;
        });
        return verb;
    }
}
