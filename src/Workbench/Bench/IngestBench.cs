using System.Diagnostics;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using LStep.Grains.Time.Daily;
using LStep.Silo;

namespace LStep.Workbench.Bench;

/// <summary>Durable ingest over HTTP, and beside it what PostgreSQL alone takes of the same rows. The client shares the machine.</summary>
internal sealed class IngestBench(BenchSilo bench, Report report, int customers, TimeSpan time)
{
    private const int EventsPerBatch = 500;
    private const int BatchesAtOnce = 8;
    private const int Connections = 256;
    private const int FirstProbe = 900_000;
    private const int ProbesMax = 10_000;
    private const int BatchesPerSecondMax = 160;
    private const int SinglesPerSecondMax = 16_000;

    private readonly BenchLoad load = new(customers, LStepSilo.WallClock.GetUtcNow());

    public async Task Run(CancellationToken cancel)
    {
        await Populate(cancel);
        await Batches(cancel);
        await Singles(cancel);
        await new EvaluateAtOnce(bench, report).Run(cancel);
        await new LiveBench(bench, bench.Silo.Address, FirstProbe, report, load, time).Run(cancel);
        await using var beside = await bench.Beside(cancel);
        await new LiveBench(bench, beside.Address, FirstProbe + ProbesMax, report, load, time).Run(cancel);
    }

    /// <summary>Everybody's first activity: customers come into being.</summary>
    private async Task Populate(CancellationToken cancel)
    {
        report.Begin($"{customers:N0} customers come");
        var bodies = Enumerable.Range(0, customers).Select(load.Of).Chunk(EventsPerBatch).Select(BenchLoad.Batch).ToList();
        var sent = await Post(bodies, TimeSpan.MaxValue, cancel);
        report.Add("customers that come into being, in batches of 500: customers/s", customers / sent.Elapsed.TotalSeconds);
        await UntilDailyRowsStand(cancel);
    }

    private async Task Batches(CancellationToken cancel)
    {
        report.Begin("batches of 500");
        var bodies = Enumerable.Range(0, (int)(time.TotalSeconds * BatchesPerSecondMax)).Select(_ => BenchLoad.Batch(load.Many(EventsPerBatch))).ToList();
        var sent = await Post(bodies, time, cancel);
        var perSecond = sent.PerSecond * EventsPerBatch;
        report.Add($"batches of 500, {BatchesAtOnce} at once, {customers:N0} customers: activities/s", perSecond);
        report.Add("  a batch: p50, p99 (ms)", sent.Latencies);
        report.Add("  processor time of this process, the client's too: µs an activity", sent.Processor.TotalMicroseconds / (sent.Requests * EventsPerBatch), "0.0");
        report.Add("  daily rows complete after (s)", await UntilDailyRowsStand(cancel), "0.0");

        report.Begin("the same rows by COPY");
        var copied = await new CopyBench(bench).Run(cancel);
        report.Add("COPY alone of the log's rows into the log: rows/s", copied);
        report.Add("  ratio", perSecond / copied, "0.00");
    }

    private async Task Singles(CancellationToken cancel)
    {
        report.Begin("single events");
        var bodies = load.Many((int)(time.TotalSeconds * SinglesPerSecondMax)).Select(message => message.Json.ToArray()).ToList();
        // The kind is in the message; a batch of one would measure the batch.
        var sent = await Senders.Send([bench.Silo.Address], bench.Silo.Keys.WriteKey, Connections, bodies, body => body.AsSpan().StartsWith("{\"type\":\"page\""u8) ? "/v1/page" : "/v1/track", time, cancel);
        report.Add($"single events, {Connections} connections: requests/s", sent.PerSecond);
        report.Add("  p50, p99 (ms)", sent.Latencies);
        report.Add("  slowest (ms)", sent.Latencies.Slowest);
        report.Add("  processor time of this process, the client's too: µs a request", sent.Processor.TotalMicroseconds / sent.Requests, "0.0");
        report.Add("  failed", sent.Failures);
    }

    private Task<Sent> Post(List<byte[]> bodies, TimeSpan atMost, CancellationToken cancel) => Senders.Send([bench.Silo.Address], bench.Silo.Keys.WriteKey, BatchesAtOnce, bodies, _ => "/v1/batch", atMost, cancel);

    private async Task<double> UntilDailyRowsStand(CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        await bench.Get<DailyRows>().FlushAsync(bench.Get<RulebookSource>().Current.Calendar, cancel);
        return watch.Elapsed.TotalSeconds;
    }
}
