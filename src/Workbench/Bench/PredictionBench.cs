using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Domain.Predicting;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.Predictions;
using LStep.Grains.Rules;
using LStep.Silo;
using LStep.Silo.Supervision;
using LStep.Workbench.Demo;
using LStep.Workbench.Processes;
using LStep.Workbench.Replay;

namespace LStep.Workbench.Bench;

/// <summary>
/// What predictions cost: those of a whole population, a training of this installation's own model, and what a training costs those who
/// send events meanwhile.
/// </summary>
internal sealed class PredictionBench(SiloUnderTest silo, Report report, int customers, TimeSpan time) : IDisposable
{
    private const int EventsPerBatch = 500;
    private const int BatchesAtOnce = 8;
    private const int BatchesPerSecondMax = 130;
    private const int HistoryDays = 84;
    private const int CustomersPerRead = 1_000;
    private const double ActiveDayShare = 0.2, LastDayShare = 0.03;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset now = MachineClock.Instance.GetUtcNow();
    private readonly BenchLoad load = new(customers, MachineClock.Instance.GetUtcNow(), seed: 2);
    private readonly HttpClient client = new()
    {
        BaseAddress = silo.Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", SiloProcess.AdminToken) },
    };

    public void Dispose() => client.Dispose();

    public async Task Run(CancellationToken cancel)
    {
        await Import(cancel);
        await Predict(cancel);
        await Train(cancel);
        await Beside(TrainingSteps.Reading, cancel);
        await Beside(TrainingSteps.Training, cancel);
    }

    /// <summary>Learners who began within 12 weeks, come on some days, and stop one day.</summary>
    private async Task Import(CancellationToken cancel)
    {
        report.Begin($"{customers:N0} customers with {HistoryDays / 7} weeks of history");
        var (chance, said) = (new Chance(7), 0L);
        var history = new BenchLoad(customers, now, seed: 3);
        IEnumerable<SegmentMessage> Messages()
        {
            for (var customer = 0; customer < customers; customer++)
            {
                var begin = chance.Between(0, HistoryDays - 15);
                for (var day = begin; day < HistoryDays; day++)
                {
                    if (day > begin && !chance.Happens(ActiveDayShare)) continue;
                    said++;
                    yield return history.Of(customer, now.AddDays(day - HistoryDays).AddSeconds(chance.Between(0, 3_600)));
                    if (chance.Happens(LastDayShare)) break;
                }
            }
        }
        var bodies = Messages().Chunk(EventsPerBatch).Select(BenchLoad.Batch).ToList();
        var sent = await Send(bodies, "/v1/import", TimeSpan.MaxValue, cancel);
        report.Add($"activities of them that were imported: activities/s", said / sent.Elapsed.TotalSeconds);
        report.Add("  failed", sent.Failures);
    }

    /// <summary>As the figures of customers and rules have them: whole states as they are stored, and the model that is live.</summary>
    private async Task Predict(CancellationToken cancel)
    {
        report.Begin($"predictions of {customers:N0}");
        await using var database = new PostgresDatabase(silo.ConnectionString);
        await using var store = new CustomerStore(database);
        var model = (await LiveModels.One(database, await LiveModels.Number(database, cancel), cancel))!;
        var (calendar, known, predicted, bytes) = (BusinessCalendar.Utc, 0, TimeSpan.Zero, 0L);
        var whole = Stopwatch.StartNew();
        foreach (var ids in Enumerable.Range(0, customers).Select(BenchLoad.Customer).Chunk(CustomersPerRead))
        {
            var states = (await store.LoadMany(ids, cancel)).Select(customer => customer.State).ToList();
            var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            foreach (var state in states) _ = Churn.ProbabilityOf(state, calendar, model, now);
            predicted += Stopwatch.GetElapsedTime(watch);
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            known += states.Count;
        }
        report.Add($"predicting {known:N0} customers, with reading their states (s)", whole.Elapsed.TotalSeconds, "0.0");
        report.Add("  of it predicting (s)", predicted.TotalSeconds, "0.00");
        report.Add("  predictions/s of one thread", known / predicted.TotalSeconds);
        report.Add("  allocated a prediction (bytes)", (double)bytes / known, "0.0");

        var anew = await FiguresAnew.Measure(database, model, now, cancel);
        report.Add("the figures of all of them made anew for the next business day (s)", anew.TotalSeconds, "0.0");
    }

    private async Task Train(CancellationToken cancel)
    {
        report.Begin("a training");
        var before = silo.PeakBytes();
        var watch = Stopwatch.StartNew();
        var run = await Over(await Ask(cancel), cancel);
        report.Add("a training with nothing else to do (s)", watch.Elapsed.TotalSeconds, "0.0");
        report.Add("  customers, rows", $"{run.GetProperty("customers").GetInt32():N0}, {run.GetProperty("rows").GetInt32():N0}");
        report.Add("  the silo's most memory before it (MB)", before / 1e6);
        report.Add("  and until its end (MB)", silo.PeakBytes() / 1e6);
        report.Add("  result", $"{run.GetProperty("result")}: {run.GetProperty("note")}");
    }

    /// <summary>
    /// While one training reads logs and another one fits: in short turns its process goes on or is stopped, so that whatever else happens
    /// on the machine meanwhile weighs on both.
    /// </summary>
    private async Task Beside(string step, CancellationToken cancel)
    {
        report.Begin($"ingest beside a training: {step}");
        var id = await Ask(cancel);
        await Until(id, run => Step(run) == step, cancel);
        var process = ProcessorTime.ChildrenOf(silo.ProcessId).Single();
        var (with, without) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < time / Turn; pair++)
        {
            if (pair % 2 == 0) with.Add(await Leg(cancel));
            UnixSignal.Send(process, "STOP");
            without.Add(await Leg(cancel));
            UnixSignal.Send(process, "CONT");
            if (pair % 2 == 1) with.Add(await Leg(cancel));
        }
        var run = await One(id, cancel);
        report.Add($"ingest beside a training that is {step}: activities/s", with.Average());
        report.Add("  beside one that is stopped", without.Average());
        report.Add("  the one of the other", with.Sum() / without.Sum(), "0.000");
        var ratios = with.Zip(without, (a, b) => a / b).Order().ToList();
        report.Add($"  of {ratios.Count} pairs a quarter is below, half, three quarters",
            string.Join(", ", new[] { 0.25, 0.5, 0.75 }.Select(part => $"{ratios[(int)(part * (ratios.Count - 1))]:0.000}")));
        report.Add("  the training was then", $"{Step(run)}, {run.GetProperty("progress").GetDecimal():0%}");
        report.Add("  the most memory of its process so far (MB)", (ProcessMemory.PeakBytes(process) ?? 0) / 1e6);
        await Over(id, cancel);
    }

    private async Task<double> Leg(CancellationToken cancel)
    {
        var bodies = Enumerable.Range(0, (int)(Turn.TotalSeconds * BatchesPerSecondMax))
            .Select(_ => BenchLoad.Batch(load.Many(EventsPerBatch))).ToList();
        var sent = await Send(bodies, "/v1/batch", Turn, cancel);
        if (sent.Failures > 0) throw new InvalidOperationException($"{sent.Failures} of {sent.Requests} batches were not taken.");
        return sent.Requests * EventsPerBatch / sent.Elapsed.TotalSeconds;
    }

    private static string Step(JsonElement run) => run.GetProperty("step").GetString()!;

    private async Task<string> Ask(CancellationToken cancel)
    {
        using var answer = await client.PostAsync("/api/predictions/training", null, cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("id").GetString()!;
    }

    private Task<JsonElement> Over(string id, CancellationToken cancel) =>
        Until(id, run => run.GetProperty("finishedAt").ValueKind != JsonValueKind.Null, cancel);

    private async Task<JsonElement> Until(string id, Func<JsonElement, bool> happened, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var run = await One(id, cancel);
            if (happened(run)) return run;
            await timer.WaitForNextTickAsync(cancel);
        }
    }

    private async Task<JsonElement> One(string id, CancellationToken cancel) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/predictions/training", cancel)).GetProperty("items").EnumerateArray()
            .Single(run => run.GetProperty("id").GetString() == id);

    private Task<Sent> Send(List<byte[]> bodies, string path, TimeSpan atMost, CancellationToken cancel) =>
        Senders.Send([silo.Address], SiloProcess.WriteKey, BatchesAtOnce, bodies, _ => path, atMost, cancel);
}
