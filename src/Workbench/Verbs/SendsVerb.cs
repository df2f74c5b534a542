using System.CommandLine;
using LStep.Domain.Campaigning;
using LStep.Silo;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;
using LStep.Workbench.Sends;

namespace LStep.Workbench.Verbs;

/// <summary>Silos are killed at each step of a send; receivers outside of them count every key.</summary>
public static class SendsVerb
{
    public static Command Build()
    {
        var kills = new Option<int>("--kills") { Description = "How often a silo is killed", DefaultValueFactory = _ => 200 }
            .Within(1, 100_000);
        var seed = new Option<ulong?>("--seed")
        {
            Description = "Of the steps and the moments; printed, so that a run can be repeated (the present time)",
        }.Within(0, ulong.MaxValue);
        var keeps = new Option<bool>("--receiver-keeps-keys")
        {
            Description = "The receiver of webhooks acts on each key once, and the silos are told so (LSTEP_WEBHOOK_IDEMPOTENT)",
        };
        var lapse = new Option<bool>("--lapse-leases")
        {
            Description = "At the end the leases of killed silos lapse at once instead of after their three minutes",
        };
        var build = new Option<FileInfo>("--silo")
        {
            Description = "The lstep-silo.dll of another build (this build)", HelpName = "PATH-TO-DLL",
        }.AcceptExistingOnly();
        var common = new CommonOptions();
        var verb = new Command("sends",
            "Two silo processes on a private PostgreSQL in DIR/sends, receivers of webhooks, alerts and mails outside of them, and kill -9 "
                + "at each step of a send in turn. Then an audit by the receivers' own counts; exit 1 unless every line is 0.")
        {
            kills, seed, keeps, lapse, build, common.Data,
        };
        verb.SetAction(async (parsed, cancel) =>
        {
            var options = new SendsOptions
            {
                Folder = Path.Combine(Path.GetFullPath(parsed.GetValue(common.Data)!), "sends"),
                Seed = parsed.GetValue(seed) ?? (ulong)MachineClock.Instance.GetUtcNow().ToUnixTimeSeconds(),
                Kills = parsed.GetValue(kills), KeepsKeys = parsed.GetValue(keeps), LapsesLeases = parsed.GetValue(lapse),
                Build = parsed.GetValue(build)?.FullName,
            };
            Console.WriteLine($"seed {options.Seed}");
            var result = await new SendsRun(options, (at, what) => Console.WriteLine($"{at.TotalSeconds,5:0} s  {what}")).Run(cancel);
            Write(options, result);
            return result.IsSound ? 0 : 1;
        });
        return verb;
    }

    private static void Write(SendsOptions options, SendsResult result)
    {
        Figures.Write(Figures.Conditions(result.PostgreSql, ""));
        Figures.Write(
        [
            ("seed, silos", $"{options.Seed}, {options.Silos}"),
            ("kill -9", $"{options.Kills}, in {result.Killing.TotalSeconds:0} s"),
            .. result.Kills.Select(one => ($"  {one.Step.Name()}", $"{one.Kills}")),
            ("everything at its end after the last (s)", $"{result.Drained.TotalSeconds:0}"),
            ("messages that the receivers got, each key once", $"{result.Received:N0}"),
            .. options.KeepsKeys ? [("calls whose key the receiver knew", $"{result.Recognised:N0}")] : Array.Empty<(string, string)>(),
        ]);
        Figures.Write(result.Ended.Select(one => (
            $"{one.Status.ToString().ToLowerInvariant()}{(one.Reason is null ? "" : $": {one.Reason}")}",
            one.Status is ActionStatus.Uncertain ? $"{one.Count:N0}, {one.Received:N0} of them received" : $"{one.Count:N0}")));
        Figures.Write(result.Audit.Select(line => (line.What, $"{line.Found:N0}")));
        foreach (var line in result.Audit.Where(line => line.Found > 0)) Console.WriteLine($"{line}");
        Console.WriteLine($"seed {options.Seed}: {(result.IsSound ? "every line is 0" : "NOT every line is 0")}");
    }
}
