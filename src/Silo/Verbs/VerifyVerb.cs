using System.CommandLine;
using LStep.Domain;
using LStep.Grains;
using LStep.Grains.Database;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using LStep.Grains.Time.Daily;
using LStep.Grains.Time.Figures;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace LStep.Silo.Verbs;

/// <summary>Recomputes the stored truth from the log; 0 differences, or a list and exit 1.</summary>
public static class VerifyVerb
{
    public static Command Build()
    {
        var verb = new Command(
            "verify",
            "Recomputes everything from the activities log and compares: 0 differences, or a list and exit 1. "
                + "May run beside a living server.");
        var listed = new Option<int>("--list") { Description = "How many differences to list", DefaultValueFactory = _ => 100 }
            .Within(0, 1_000_000);
        verb.Add(listed);
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var opened = await OpenDatabase.At(StandingData.Find(common.Read(parsed, serving: false)), cancel);
            var result = await Run(opened.Database, parsed.GetValue(listed), cancel);
            Write(result);
            return result.Same ? 0 : 1;
        });
        return verb;
    }

    private static async Task<VerifyResult> Run(PostgresDatabase database, int listed, CancellationToken cancel)
    {
        var settings = new Settings(database);
        using var rulebook = new RulebookSource(database, new RuleSets(database), NullLogger<RulebookSource>.Instance);
        await rulebook.Open(new BusinessCalendar(await settings.BusinessZone("UTC", cancel)), cancel);
        var asOf = await settings.LastAtWork(MachineClock.Instance.Now(), cancel);
        var verify = new Verify(database, new DailyRows(database), new FigureRows(database));
        return await AnsiConsole.Status().StartAsync("Reading the log", status =>
        {
            void Show(VerifyProgress at) => status.Status($"{at.Done:N0} of {at.Total:N0} customers, {at.Differences:N0} differences");
            return verify.Run(rulebook.Current, asOf, Show, listed, cancel);
        });
    }

    private static void Write(VerifyResult result)
    {
        Console.WriteLine(
            $"{result.Customers:N0} customers, {result.Activities:N0} activities, {result.DailyRows:N0} daily rows, "
                + $"{result.LedgerRows:N0} ledger rows, {result.Decisions:N0} decisions");
        foreach (var difference in result.Differences)
            Console.WriteLine($"{difference.CustomerId ?? "-"}  {difference.What}: {difference.Detail}");
        if (result.Count > result.Differences.Length) Console.WriteLine($"… and {result.Count - result.Differences.Length:N0} more");
        if (result.Cut > 0)
            Console.WriteLine(
                $"Of {result.Cut:N0} customers months of the log were cut: windows, totals, profile and daily rows of theirs were not "
                    + $"looked at");
        Console.WriteLine($"{result.Count:N0} differences");
    }
}
