using System.Net.Http.Headers;
using LStep.Domain;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using LStep.Silo;
using LStep.Workbench.Bench;
using LStep.Workbench.Faults;
using LStep.Workbench.Processes;
using LStep.Workbench.Reading;
using LStep.Workbench.Replay;

namespace LStep.Workbench.Populations;

/// <summary>
/// One silo and one PostgreSQL with a great many customers, whose histories are those of OULAD learners: what they take on the disk, and
/// how long the daily run, a start behind a day of due work, cold customers and the dashboard's questions take. The silo is a process of
/// its own on a wall clock that this one sets.
/// </summary>
public sealed class PopulationBench(string folder, Report report, int customers, int calls)
{
    /// <summary>A small population has at least so many copies of each learner as well.</summary>
    private const int CopiesMin = 5;
    private const int LearnersMax = 4_000;

    /// <summary>
    /// Of more customers not everything is proved again, which takes longer than the rest, and copies have only their newest records of
    /// decisions, which would fill most of the disk.
    /// </summary>
    private const int WholeMax = 50_000;
    private const int NewestDecisions = 2;

    public async Task<Version> Run(IReadOnlyList<OuladPresentation> presentations, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var skew = Path.Combine(folder, "population.clock");
        try
        {
            return await Run(presentations, skew, cancel);
        }
        finally
        {
            File.Delete(skew);
        }
    }

    private async Task<Version> Run(IReadOnlyList<OuladPresentation> presentations, string skew, CancellationToken cancel)
    {
        var present = MachineClock.Instance.GetUtcNow().UtcDateTime.Date.AddHours(9);
        using var clock = new SkewedClock(MachineClock.Instance, skew);
        var time = new BenchTime(clock);
        time.MoveTo(present);
        await using var silo = await SiloUnderTest.Start(Path.Combine(folder, "population"), null, null, cancel, skew);
        var learners = await Sow(silo, presentations, present, cancel);
        await silo.StartSilo();
        report.Begin("the figures follow");
        await Follow(silo, cancel);
        await Mix(silo, learners, present, cancel);
        await new StoredTables(silo.Source, report, customers).Measure(learners, present, cancel);
        using var http = new HttpClient
        {
            BaseAddress = silo.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", SiloProcess.AdminToken) },
        };
        await new ReadBack(silo.Source, http, report).Look(customers, cancel);
        report.Begin($"each question {calls} times");
        foreach (var (name, paths) in Questions.Of(DateOnly.FromDateTime(present)))
            await Asking.Measure(http, name, paths, calls, report, cancel);
        var days = new DueDays(silo, time, report);
        await days.Daily(cancel);
        await days.Restart(cancel);
        await new ColdCustomers(silo, time, report, customers).Measure(cancel);
        if (customers <= WholeMax) await Verify(silo, time, cancel);
        return await silo.PostgreSql(cancel);
    }

    /// <summary>Answers how many learners there are that the others are copies of.</summary>
    private async Task<int> Sow(
        SiloUnderTest silo, IReadOnlyList<OuladPresentation> presentations, DateTimeOffset present, CancellationToken cancel)
    {
        report.Begin("OULAD is read");
        var histories = StagedLearners.Until(presentations, present);
        var count = Math.Min(Math.Min(LearnersMax, histories.Count), Math.Max(1, customers / CopiesMin));
        report.Begin($"{count:N0} learners are played up to {present:yyyy-MM-dd HH:mm}");
        var book = await Book(silo, cancel);
        var learners = Enumerable.Range(0, count).AsParallel().AsOrdered().WithCancellation(cancel)
            .Select(number => new PlayedLearner(
                Sowing.Id(number), histories[(int)((long)number * histories.Count / count)], book, present)).ToList();
        // What they came to belongs to the past: nobody is told of it any more.
        await Planning.Suspend(silo.Source, cancel);
        var sowing = new Sowing(silo, report);
        report.Begin($"their {learners.Sum(learner => learner.Steps.Count):N0} steps go through the journal");
        await silo.StopSilo();
        await sowing.Learners(learners, book.Calendar, cancel);
        report.Begin($"{customers - count:N0} copies");
        await sowing.Copies(learners, customers, customers <= WholeMax ? int.MaxValue : NewestDecisions, cancel);
        await Planning.Resume(silo.Source, cancel);
        report.Begin("everything is analysed");
        await ManyCustomers.Settle(silo.Source, cancel);
        var moving = learners.Count(learner => learner.MovesUntil(book.Calendar.NextMidnight(present), book));
        report.Add("learners whom time alone moves until midnight", $"{moving:N0} of {count:N0}");
        return count;
    }

    private static async Task<Rulebook> Book(SiloUnderTest silo, CancellationToken cancel)
    {
        await using var database = new PostgresDatabase(silo.ConnectionString);
        var model = await LiveModels.One(database, await LiveModels.Number(database, cancel), cancel);
        return new Rulebook(await new RuleSets(database).Newest(cancel), new Policy(), BusinessCalendar.Utc, Model: model);
    }

    private async Task Follow(SiloUnderTest silo, CancellationToken cancel)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await ManyCustomers.UntilCounted(silo.Source, cancel);
        report.Add("figures of everybody have followed after (s)", watch.Elapsed.TotalSeconds, "0.0");
        await ManyCustomers.Settle(silo.Source, cancel);
    }

    private async Task Mix(SiloUnderTest silo, int learners, DateTimeOffset present, CancellationToken cancel)
    {
        report.Add("customers; learners whose histories they have", $"{customers:N0}; {learners:N0}");
        var tags = await Statements.Rows(silo.Source, "sown_tags", row => $"{row.GetString(0)} {row.GetInt64(1):N0}", cancel);
        report.Add($"by status, {present:yyyy-MM-dd HH:mm}", string.Join(", ", tags));
    }

    private async Task Verify(SiloUnderTest silo, BenchTime time, CancellationToken cancel)
    {
        report.Begin("everything is proved again");
        var verified = await new Audit(silo.ConnectionString).Verified(time.Now, cancel);
        report.Add(verified.What, $"{verified.Found:N0}{(verified.Example is { } example ? $", such as {example}" : "")}");
    }
}
