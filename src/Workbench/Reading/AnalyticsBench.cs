using System.Diagnostics;
using System.Net.Http.Headers;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using LStep.Silo;
using LStep.Workbench.Bench;
using LStep.Workbench.Bench.Ingest;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Reading;

/// <summary>
/// How long every question of the dashboard takes over a great many customers, one after the other, and what the ingest loses when
/// somebody keeps asking.
/// </summary>
internal sealed class AnalyticsBench(string folder, Report report, int customers, int calls, TimeSpan time, int legs)
{
    private const int PerBatch = 500, AtOnce = 8, BatchesPerSecondMax = 80;
    private const int SendersAreMany = 50_000;
    private static readonly TimeSpan AskedEvery = TimeSpan.FromMilliseconds(200);

    private readonly BenchLoad load = new(SendersAreMany, MachineClock.Instance.GetUtcNow());

    public async Task<Version> Run(CancellationToken cancel)
    {
        await using var silo = await SiloUnderTest.Start(Path.Combine(folder, "analytics"), null, null, cancel);
        await ManyCustomers.Fill(silo, customers, report, cancel);
        report.Begin("the figures follow");
        var following = Stopwatch.StartNew();
        await ManyCustomers.UntilCounted(silo.Source, cancel);
        report.Add("figures have followed after (s)", following.Elapsed.TotalSeconds, "0.0");
        await ManyCustomers.Settle(silo.Source, cancel);
        await NextDay(silo, cancel);
        using var http = new HttpClient
        {
            BaseAddress = silo.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", SiloProcess.AdminToken) },
        };
        var questions = Questions.Of(DateOnly.FromDateTime(MachineClock.Instance.GetUtcNow().UtcDateTime));
        report.Begin($"each question {calls} times");
        foreach (var (name, paths) in questions) await Asking.Measure(http, name, paths, calls, report, cancel);
        await Beside(silo, http, [.. questions.SelectMany(question => question.Paths)], cancel);
        return await silo.PostgreSql(cancel);
    }

    private async Task NextDay(SiloUnderTest silo, CancellationToken cancel)
    {
        report.Begin("the figures of the next business day");
        await using var database = new PostgresDatabase(silo.ConnectionString);
        var model = (await LiveModels.One(database, await LiveModels.Number(database, cancel), cancel))!;
        var (before, anew) = (silo.PostgreSqlTime(), await FiguresAnew.Measure(database, model, MachineClock.Instance.GetUtcNow(), cancel));
        report.Add("figures and predictions of all of them made anew for the next business day (s)", anew.TotalSeconds, "0.0");
        report.Add("  processor time of PostgreSQL: µs a customer", (silo.PostgreSqlTime() - before).TotalMicroseconds / customers, "0.0");
    }

    /// <summary>The same load with and without questions in turn, after one that nobody counts.</summary>
    private async Task Beside(SiloUnderTest silo, HttpClient http, IReadOnlyList<string> paths, CancellationToken cancel)
    {
        report.Begin($"{SendersAreMany:N0} customers that send");
        await Ingest(silo, cancel);
        var (alone, beside) = (new List<double>(), new List<double>());
        for (var leg = 0; leg < 2 * legs; leg++)
        {
            var asked = leg % 2 == 1;
            report.Begin($"ingest{(asked ? " and questions" : "")}, leg {leg / 2 + 1}");
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var asking = asked ? KeepAsking(http, paths, over.Token) : Task.FromResult(new List<double>());
            var rate = await Ingest(silo, cancel);
            await over.CancelAsync();
            var took = new Latencies(await asking);
            (asked ? beside : alone).Add(rate);
            report.Add($"ingest{(asked ? $" beside {took.Count} questions" : " alone")}: sustained activities/s", rate);
            if (asked) report.Add("  a question: p50, p95, slowest (ms)", $"{took.At(0.5):0}, {took.At(0.95):0}, {took.Slowest:0}");
        }
        report.Add($"ingest beside a question every {AskedEvery.TotalMilliseconds:0} ms, to ingest alone",
            beside.Average() / alone.Average(), "0.000");
    }

    private async Task<double> Ingest(SiloUnderTest silo, CancellationToken cancel)
    {
        var bodies = Enumerable.Range(0, (int)(time.TotalSeconds * BatchesPerSecondMax))
            .Select(_ => BenchLoad.Batch(load.Many(PerBatch))).ToList();
        var sustained = await new SustainedIngest(silo, new DailyRowsWatch(silo.Source), PerBatch).Measure(
            () => Senders.Send([silo.Address], SiloProcess.WriteKey, AtOnce, bodies, _ => "/v1/batch", time, cancel), cancel);
        return sustained.PerSecond;
    }

    private static async Task<List<double>> KeepAsking(HttpClient http, IReadOnlyList<string> paths, CancellationToken over)
    {
        var took = new List<double>();
        using var rhythm = new PeriodicTimer(AskedEvery, MachineClock.Instance);
        try
        {
            for (var call = 0; await rhythm.WaitForNextTickAsync(over); call++)
            {
                var started = Stopwatch.GetTimestamp();
                await Asking.Answer(http, paths[call % paths.Count], over);
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The ingest is over.
        }
        return took;
    }
}
