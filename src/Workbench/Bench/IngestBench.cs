using LStep.Grains.Time;
using LStep.Silo;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Bench;

/// <summary>Durable ingest over HTTP, and beside it what PostgreSQL alone takes of the same rows. The client shares the machine.</summary>
internal sealed class IngestBench(SiloUnderTest silo, Report report, int customers, TimeSpan time)
{
    private const int EventsPerBatch = 500;
    private const int BatchesAtOnce = 8;
    private const int Connections = 256;
    private const int FirstProbe = 900_000;
    private const int ProbesMax = 10_000;
    private const int BatchesPerSecondMax = 130;
    private const int SinglesPerSecondMax = 16_000;

    private readonly BenchLoad load = new(customers, MachineClock.Instance.GetUtcNow());
    private readonly DailyRowsWatch daily = new(silo.Source);

    /// <param name="batchesOnly">Only what two builds are compared by.</param>
    public async Task Run(bool batchesOnly, CancellationToken cancel)
    {
        await Populate(cancel);
        await Batches(cancel);
        if (batchesOnly) return;
        await Singles(cancel);
        await new EvaluateAtOnce(silo, report).Run(cancel);
        await new LiveBench(silo, silo.Address, FirstProbe, report, load, time).Run(cancel);
        await using var beside = await silo.Beside();
        await new LiveBench(silo, beside.Address, FirstProbe + ProbesMax, report, load, time).Run(cancel);
    }

    /// <summary>Everybody's first activity: customers come into being.</summary>
    private async Task Populate(CancellationToken cancel)
    {
        report.Begin($"{customers:N0} customers come");
        var bodies = Enumerable.Range(0, customers).Select(load.Of).Chunk(EventsPerBatch).Select(BenchLoad.Batch).ToList();
        var sent = await Post(bodies, TimeSpan.MaxValue, cancel);
        report.Add($"customers that come into being, in batches of {EventsPerBatch}: customers/s", customers / sent.Elapsed.TotalSeconds);
        report.Begin("their daily rows");
        await daily.UntilTheyStand(cancel);
    }

    private async Task Batches(CancellationToken cancel)
    {
        report.Begin($"batches of {EventsPerBatch}");
        var bodies = Enumerable.Range(0, (int)(time.TotalSeconds * BatchesPerSecondMax))
            .Select(_ => BenchLoad.Batch(load.Many(EventsPerBatch))).ToList();
        var sustained = await new SustainedIngest(silo, daily, EventsPerBatch).Measure(() => Post(bodies, time, cancel), cancel);
        var what = $"batches of {EventsPerBatch}, {BatchesAtOnce} at once, {customers:N0} customers";
        sustained.Write(report, what);

        report.Begin("the same rows by COPY");
        var copied = await new CopyBench(silo.Source).Run(cancel);
        report.Add("COPY alone of the log's rows into the log: rows/s", copied);
        report.Add("  the window's rate to that", sustained.WindowPerSecond / copied, "0.00");
        report.Add("  the sustained rate to that", sustained.PerSecond / copied, "0.00");
    }

    private async Task Singles(CancellationToken cancel)
    {
        report.Begin("single events");
        var bodies = load.Many((int)(time.TotalSeconds * SinglesPerSecondMax)).Select(message => message.Json.ToArray()).ToList();
        var before = silo.ProcessorTimes();
        var sent = await Senders.Send([silo.Address], SiloProcess.WriteKey, Connections, bodies, Kind, time, cancel);
        var spent = silo.ProcessorTimes();
        report.Add($"single events, {Connections} connections: requests/s", sent.PerSecond);
        report.Add("  p50, p99 (ms)", sent.Latencies);
        report.Add("  slowest (ms)", sent.Latencies.Slowest);
        report.Add("  failed", sent.Failures);
        if (before is not null && spent is not null) (spent - before).Write(report, "while they were sent", "a request", sent.Requests);

        // The kind is in the message; a batch of one would measure the batch.
        static string Kind(byte[] body) => body.AsSpan().StartsWith("{\"type\":\"page\""u8) ? "/v1/page" : "/v1/track";
    }

    private Task<Sent> Post(List<byte[]> bodies, TimeSpan atMost, CancellationToken cancel) =>
        Senders.Send([silo.Address], SiloProcess.WriteKey, BatchesAtOnce, bodies, _ => "/v1/batch", atMost, cancel);
}
