using System.CommandLine;
using System.Runtime.InteropServices;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;
using LStep.Workbench.Simulation;

namespace LStep.Workbench.Verbs;

/// <summary>Seeds of faults over the real turns, due work and journal: 0 violations, or the seed, its steps and exit 1.</summary>
public static class SimulationVerb
{
    private const long InMemory = 10_000;
    private const long OverPostgres = 200;

    public static Command Build()
    {
        var seeds = new Option<long?>("--seeds") { Description = $"How many seeds ({InMemory:N0}; with --postgres {OverPostgres})" }
            .Within(1, 1_000_000_000);
        var first = new Option<ulong>("--first") { Description = "The first seed", DefaultValueFactory = _ => 1 }.Within(0, ulong.MaxValue);
        var minutes = new Option<double>("--minutes") { Description = "No new seed after so long", DefaultValueFactory = _ => 5 }
            .Within(0.01m, 1_440);
        var seed = new Option<ulong?>("--seed") { Description = "Only this seed, with all its steps" }.Within(0, ulong.MaxValue);
        var postgres = new Option<string?>("--postgres")
        {
            Description = "Over PostgreSQL instead of memory: private, or the connection string of an empty database",
            HelpName = "CONN|private",
            CustomParser = result => result.Tokens[0].Value is "private" ? "private"
                : OptionTexts.ConnectionIn(result.Tokens[0].Value, "--postgres", result),
        };
        var data = new CommonOptions().Data;
        var verb = new Command("simulation",
            "Runs seeded simulations of clients, crashes, lost answers, stopped processes and jumping clocks; prints the seed that fails.")
            { seeds, first, minutes, seed, postgres, data };
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var storage = await SimulationStorage.Open(
                parsed.GetValue(postgres), Path.GetFullPath(parsed.GetValue(data)!), cancel);
            if (parsed.GetValue(seed) is { } only) return await Tell(only, storage);

            var count = parsed.GetValue(seeds) ?? (storage.IsShared ? OverPostgres : InMemory);
            Console.WriteLine(
                $"{count:N0} seeds {storage.What}, at most {parsed.GetValue(minutes)} minutes, {Environment.ProcessorCount} processors, "
                    + $"{RuntimeInformation.FrameworkDescription}");
            var every = Math.Max(1, count / 10);
            var result = await SimulationRun.Many(
                parsed.GetValue(first), count, TimeSpan.FromMinutes(parsed.GetValue(minutes)), storage.Empty,
                storage.IsShared ? 1 : Environment.ProcessorCount,
                done => { if (done % every == 0) Console.WriteLine($"{done,8:N0} seeds"); }, cancel);
            Figures.Write([
                ("seeds", $"{result.Seeds:N0}"), ("seconds", $"{result.Took.TotalSeconds:N0}"),
                ("violations", $"{result.Violations.Count}"),
                .. Findings.Always.Select(what => ($"  {what}", $"{result.Counts.GetValueOrDefault(what):N0}")),
                .. result.Counts.Where(count => !Findings.Always.Contains(count.Key)).Select(count => (count.Key, $"{count.Value:N0}"))]);
            return result.Seed is { } failed ? await Tell(failed, storage) : 0;
        });
        return verb;
    }

    private static async Task<int> Tell(ulong seed, SimulationStorage storage)
    {
        var findings = await SimulationRun.One(seed, await storage.Empty(), traced: true);
        foreach (var line in findings.Trace!) Console.WriteLine(line);
        Console.WriteLine(
            $"Seed {seed} {storage.What}: {findings.Violations.Count} violations. Again: ./lstep bench simulation --seed "
                + $"{seed}{storage.Option}");
        return findings.Violations.Count == 0 ? 0 : 1;
    }
}
