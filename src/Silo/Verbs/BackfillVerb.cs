using System.CommandLine;
using LStep.Domain;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using LStep.Grains.Time.Daily;
using LStep.Grains.Time.Figures;
using Microsoft.Extensions.Logging.Abstractions;

namespace LStep.Silo.Verbs;

/// <summary>Makes daily rows, windows and states again from the activities log; decides nothing and sends nothing.</summary>
public static class BackfillVerb
{
    private const int DaysMax = 3_650;

    public static Command Build()
    {
        var days = new Option<int>("--days")
        {
            Description = $"Daily rows of so many days, today among them, are made again, 1 to {DaysMax}; windows, totals and profile of "
                + "everybody are, from the whole log",
            HelpName = "N",
            Required = true,
            CustomParser = result => OptionTexts.NumberIn(result.Tokens[0].Value, "--days", 1, DaysMax, result),
        };
        var verb = new Command(
            "backfill",
            "Makes daily_learning_metrics, windows and states again from the activities log. Moves nobody and sends nothing. May run "
                + "beside a "
                + "living server, and again after an interruption.") { days };
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var opened = await OpenDatabase.At(StandingData.Find(common.Read(parsed, serving: false)), cancel);
            await new Migrator(opened.Database).Up(cancel);
            await Run(opened.Database, parsed.GetValue(days), cancel);
            return 0;
        });
        return verb;
    }

    private static async Task Run(PostgresDatabase database, int days, CancellationToken cancel)
    {
        var settings = new Settings(database);
        using var rulebook = new RulebookSource(database, new RuleSets(database), NullLogger<RulebookSource>.Instance);
        await rulebook.Open(new BusinessCalendar(await settings.BusinessZone("UTC", cancel)), cancel);
        var book = rulebook.Current;
        var now = await settings.LastAtWork(MachineClock.Instance.Now(), cancel);
        await using var journal = new Journal(database, new Partitions(database), NullLogger<Journal>.Instance);

        using var progress = new VerbProgress();
        var counted = await new Recounting(database, journal, NullLogger<Recounting>.Instance).Again(
            book, now, done => progress.Show($"{done:N0} customers counted again"), cancel);
        var today = book.Calendar.DayOf(now);
        var rows = await new DailyRows(database).Rebuild(
            today.AddDays(1 - days), today, book.Calendar, done => progress.Show($"daily rows of {done:N0} customers made again"), cancel);
        await new FigureRows(database).Again(cancel);
        progress.End(
            $"{counted.Customers:N0} customers counted again from the log, {counted.Changed:N0} came out differently; "
            + $"{rows:N0} daily rows of {days:N0} days made again");
        if (counted.Cut > 0) Console.WriteLine($"Of {counted.Cut:N0} customers months of the log were cut: they stay as they are");
        if (counted.Unreadable > 0)
            Console.WriteLine($"Of {counted.Unreadable:N0} customers the rows cannot be read: they stay as they are");
    }
}
