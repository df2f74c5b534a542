using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using LStep.Domain;
using LStep.Domain.Backtesting;
using LStep.Domain.Rules;
using LStep.Grains;
using LStep.Grains.Database;
using LStep.Grains.People;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using LStep.Grains.Trials;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using Rule = LStep.Domain.Rule;

namespace LStep.Silo.Verbs;

/// <summary>
/// Plays a rule set over the recorded history beside the active one, in this process; a server on the same data shares the work.
/// </summary>
public static class BacktestVerb
{
    private const int DaysDefault = 90;

    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "As rules export writes it; comments are allowed" };
        var from = Instant("--from", $"What happened from here on is counted; {DaysDefault} days before --to");
        var to = Instant("--to", "Where the history ends for this; now");
        var verb = new Command(
            "backtest",
            "Plays a rule set over the recorded history as if it had been in force from the beginning, beside the active set: "
                + "transitions, reviews, days in each tag, how early those who fell silent were found, and false alarms.")
        {
            file, from, to,
        };
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var opened = await OpenDatabase.At(StandingData.Find(common.Read(parsed, serving: false)), cancel);
            var rules = await Rules(parsed.GetValue(file)!, opened.Database, cancel);
            return await Run(opened.Database, rules, parsed.GetValue(from), parsed.GetValue(to), cancel);
        });
        return verb;
    }

    private static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "INSTANT",
        CustomParser = result => OptionTexts.TryInstant(result.Tokens[0].Value, out var at) ? at
            : OptionTexts.Fail<DateTimeOffset?>(
                result, $"{name} is '{result.Tokens[0].Value}'; give a time such as 2026-01-31 or 2026-01-31T12:00:00Z"),
    };

    /// <exception cref="VerbRefusedException">They could not be published.</exception>
    private static async Task<ImmutableArray<Rule>> Rules(string path, PostgresDatabase database, CancellationToken cancel)
    {
        var head = await new RuleSets(database).Head(cancel);
        var found = RuleSetCheck.Check(RuleFiles.Member(RuleFiles.Read(path), "rules", path), "rules", head.IdsUsed);
        RuleFiles.Tell(found);
        return found.IsSound ? found.Rules : throw new VerbRefusedException($"The rules of {path} could not be published.");
    }

    private static async Task<int> Run(
        PostgresDatabase database, ImmutableArray<Rule> rules, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel)
    {
        var settings = new Settings(database);
        using var rulebook = new RulebookSource(database, new RuleSets(database), NullLogger<RulebookSource>.Instance);
        await rulebook.Open(new BusinessCalendar(await settings.BusinessZone("UTC", cancel)), cancel);
        var now = await settings.LastAtWork(MachineClock.Instance.Now(), cancel);
        var (begin, end) = (from ?? (to ?? now).AddDays(-DaysDefault), to ?? now);
        if (end > now) throw new VerbRefusedException($"--to lies ahead: the history ends at {now:O}.");
        if (begin >= end) throw new VerbRefusedException("--from is before --to.");

        var backtests = new Backtests(database, new RuleHistory(database, rulebook, MachineClock.Instance), Ids.Fresh);
        var id = await backtests.Start(Person.CommandLine, rules, rulebook.Current.Rules.Version, begin, end, now, cancel)
            ?? throw new VerbRefusedException(
                "Other backtests are unfinished. Try again when one is over, or start a server that finishes them.");
        var watch = Stopwatch.StartNew();
        if (Console.IsOutputRedirected) await Play(backtests, rulebook.Current, now, id, Lines(), cancel);
        else await AnsiConsole.Status().StartAsync(
            "Reading the log", status => Play(backtests, rulebook.Current, now, id, at => status.Status(Told(at)), cancel));
        var report = await backtests.One(id, cancel)
            ?? throw new InvalidOperationException("The report is gone.");
        Write(report, watch.Elapsed);
        return report.Errors == 0 ? 0 : 1;
    }

    private static async Task Play(
        Backtests backtests, Rulebook book, DateTimeOffset now, string id, Action<BacktestRow> show, CancellationToken cancel)
    {
        var player = new BacktestPlayer(NullLogger<BacktestPlayer>.Instance);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (true)
        {
            await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(
                async () =>
                {
                    while (await backtests.TakePage(book.Calendar, now, player, cancel, book.Model))
                        if (await backtests.One(id, cancel) is { } at) show(at);
                }, cancel)));
            // The last shards may be with a server.
            if (await backtests.One(id, cancel) is not { FinishedAt: null }) return;
            await pace.WaitForNextTickAsync(cancel);
        }
    }

    /// <summary>A line now and then.</summary>
    private static Action<BacktestRow> Lines()
    {
        var (watch, gate) = (Stopwatch.StartNew(), new Lock());
        return at =>
        {
            lock (gate)
            {
                if (watch.Elapsed < LineEvery) return;
                Console.WriteLine(Told(at));
                watch.Restart();
            }
        };
    }

    private static string Told(BacktestRow at) => $"{at.Customers:N0} of {at.Total:N0} customers";

    private static void Write(BacktestRow report, TimeSpan took)
    {
        var (candidate, active) = (report.Candidate!, report.Active!);
        var table = new Table().AddColumns("", "candidate", $"active (version {report.ActiveVersion})");
        table.Columns[1].RightAligned();
        table.Columns[2].RightAligned();
        Row("transitions", figures => $"{figures.Transitions:N0}");
        Row("  automatic", figures => Share(figures.Automatic, figures.Transitions));
        Row("reviews", figures => $"{figures.Reviews:N0}");
        Row("  for each learner", figures => figures.Learners == 0 ? "-" : $"{(decimal)figures.Reviews / figures.Learners:0.00}");
        foreach (var tag in StatusTags.All)
            Row($"customer-days in {tag.Code()}", figures => $"{Days(figures.TagMs[(int)tag - 1]):N0}");
        Row("fell silent for 14 days or more", figures => $"{figures.Silent:N0}");
        Row("  found before", figures => Found(figures.FoundBefore, "before their last activity"));
        Row("  found in the silence", figures => Found(figures.FoundWithin, "after it"));
        Row("alarms", figures => $"{figures.Alarms:N0}");
        Row("  false", figures => $"{figures.FalseAlarms:N0} ({Share(figures.FalseAlarms, figures.Alarms)})");
        AnsiConsole.Write(table);
        var days = candidate.TagMs.Concat(active.TagMs).Sum(Days);
        Console.WriteLine(
            $"{report.Id}: {report.From:u} to {report.To:u}, {report.Customers:N0} customers, {report.Errors:N0} errors, "
                + $"{took.TotalSeconds:0.0} s, {days / Math.Max(0.001, took.TotalSeconds):N0} customer-days/s");

        void Row(string what, Func<Figures, string> of) => table.AddRow(what, of(candidate), of(active));
    }

    private static double Days(long ms) => ms / (double)TimeSpan.MillisecondsPerDay;

    private static string Share(int part, int whole) => whole == 0 ? "-" : $"{100.0 * part / whole:0.0}%";

    private static string Found(ImmutableSortedDictionary<int, int> days, string which) =>
        days.IsEmpty ? "0" : $"{days.Values.Sum():N0}, median {Figures.Median(days):0.#} d {which}";
}
