using System.CommandLine;
using LStep.Grains.Database;
using LStep.Grains.People;
using LStep.Silo.Verbs;
using LStep.Workbench.Auditing;
using LStep.Workbench.Bench;
using LStep.Workbench.Faults;
using LStep.Workbench.Fuzz;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Verbs;

/// <summary>
/// Hostile requests from a seed against a silo of its own: no 5xx, no hang, no bare 4xx, no difference, or exit 1 and the request.
/// </summary>
public static class FuzzVerb
{
    private const int LogCharsMax = 6_000;

    public static Command Build()
    {
        var requests = new Option<long>("--requests") { Description = "How many requests", DefaultValueFactory = _ => 100_000 }
            .Within(1, 1_000_000_000);
        var seed = new Option<ulong>("--seed") { Description = "The seed they are drawn from", DefaultValueFactory = _ => 1 }
            .Within(0, ulong.MaxValue);
        var first = new Option<long>("--first") { Description = "The first request's number, to repeat one", DefaultValueFactory = _ => 1 }
            .Within(1, long.MaxValue);
        var verb = new Command(
            "fuzz",
            "Sends requests that are drawn from the API's own document and then made wrong, by every role and by nobody; in DIR/fuzz. "
                + "Exits 1 on a 5xx other than an overload, on a 4xx that is no problem with a code, on no answer within 10 s, and on a "
                + "difference that verify finds.")
            { requests, seed, first };
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            var folder = Path.Combine(common.Read(parsed, serving: false).DataFolder, "fuzz");
            await using var postgres = await EmptyPostgres.Start(folder, cancel);
            var result = await Run(
                postgres.ConnectionString, parsed.GetValue(seed), parsed.GetValue(first), parsed.GetValue(requests), cancel);
            return result;
        });
        return verb;
    }

    private static async Task<int> Run(string database, ulong seed, long first, long requests, CancellationToken cancel)
    {
        await using var silo = await SiloProcess.Start(database);
        var run = new FuzzRun(silo.Address, SiloProcess.WriteKey, SiloProcess.AdminToken, await Roles(database, cancel));
        var every = Math.Max(1, requests / 20);
        var result = await run.Run(
            seed, first, requests, done => { if (done % every == 0) Console.WriteLine($"{done,8:N0} requests"); }, cancel);
        var memory = ProcessMemory.PeakBytes(silo.ProcessId);
        var answers = silo.IsRunning;
        var differences = answers
            ? await new Audit(database).Verified(cancel) : new AuditLine(Audit.VerifyDifferences, 1, "the silo ended");
        Figures.Write(
        [
            ("seed", $"{seed}"), ("requests", $"{result.Requests:N0}"),
            .. result.Answers.Select(answer => ($"  {answer.Key}", $"{answer.Value:N0}")),
            ("5xx", $"{result.ServerErrors:N0}"), ("no answer within 10 s", $"{result.Hangs:N0}"),
            ("4xx without a code", $"{result.Unexplained:N0}"),
            ("slowest answer", $"{result.Slowest.Took.TotalMilliseconds:N0} ms, {result.Slowest.Request}"),
            ("peak memory of the silo", memory is { } bytes ? $"{bytes >> 20:N0} MB" : "unknown"),
            (differences.What, $"{differences.Found:N0}"),
        ]);
        foreach (var failure in result.Failures)
            Console.WriteLine(
                $"--- {failure.What}, again: ./lstep bench fuzz --seed {seed} --first {failure.Request.Number} --requests 1\n"
                    + failure.Request);
        if (result.Failures.Count > 0 || !answers) Console.WriteLine($"--- the end of what the silo wrote\n{Tail(silo.Output)}");
        if (differences.Found > 0) Console.WriteLine(differences);
        return result.ServerErrors + result.Hangs + result.Unexplained + differences.Found == 0 ? 0 : 1;
    }

    /// <summary>Tokens of the smaller roles.</summary>
    private static async Task<string[]> Roles(string connectionString, CancellationToken cancel)
    {
        await using var database = new PostgresDatabase(connectionString);
        var tokens = new Tokens(database);
        const string Success = "fuzz-success-token-0123456789", Viewer = "fuzz-viewer-token-0123456789";
        await tokens.Keep(Success, Role.Success, "fuzz", cancel: cancel);
        await tokens.Keep(Viewer, Role.Viewer, "fuzz", cancel: cancel);
        return [Success, Viewer];
    }

    private static string Tail(string text) => text[^Math.Min(text.Length, LogCharsMax)..];
}
