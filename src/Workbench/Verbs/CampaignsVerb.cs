using System.CommandLine;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;
using LStep.Workbench.Drains;

namespace LStep.Workbench.Verbs;

/// <summary>How fast silos send what is due.</summary>
public static class CampaignsVerb
{
    public static Command Build()
    {
        var actions = WholeNumber.Of("--actions", "How many actions are due, each of a customer of its own", 100_000, 1_000, 10_000_000);
        var silos = WholeNumber.Of("--silos", "How many silo processes", 2, 1, 16);
        var connections = WholeNumber.Of("--mail-connections", "Of each silo to the mail server (LSTEP_SMTP_CONNECTIONS)", 4, 1, 16);
        var down = new Option<bool>("--smtp-down")
        {
            Description = "A second time with the mail server down until all else is sent; then it comes back",
        };
        var build = new Option<FileInfo>("--silo")
        {
            Description = "The lstep-silo.dll of another build to measure, such as the one before (this build)", HelpName = "PATH-TO-DLL",
        }.AcceptExistingOnly();
        var common = new CommonOptions();
        var verb = new Command("campaigns",
            "Due actions of all campaigns, drained by several silos into receivers of this process; a private PostgreSQL in DIR/campaigns. "
                + "Exit 1 unless each key came once and everything is at its end.")
        {
            actions, silos, connections, down, build, common.Data,
        };
        verb.SetAction(async (parsed, cancel) =>
        {
            var report = new Report(Console.WriteLine);
            var bench = new DrainBench(
                Path.GetFullPath(parsed.GetValue(common.Data)!), report, parsed.GetValue(actions), parsed.GetValue(silos),
                parsed.GetValue(connections), parsed.GetValue(build)?.FullName);
            var (sound, postgreSql) = await bench.Run(mailIsDown: false, cancel);
            if (parsed.GetValue(down)) sound &= (await bench.Run(mailIsDown: true, cancel)).IsSound;
            Figures.Write([("silo", parsed.GetValue(build)?.FullName ?? "this build"), .. Figures.Conditions(postgreSql, "")]);
            Figures.Write(report.Figures);
            return sound ? 0 : 1;
        });
        return verb;
    }
}
