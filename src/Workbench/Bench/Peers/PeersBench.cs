using System.Diagnostics;
using LStep.Silo;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Bench.Peers;

/// <summary>
/// The same events on the same PostgreSQL by what others would build: a plain service that keeps them in one table, and the grain storage
/// that Orleans brings, one write a call. The silo has been stopped.
/// </summary>
internal sealed class PeersBench(SiloUnderTest silo, string folder, Report report, int customers)
{
    private const int WritesAtOnce = 256;
    private const int BatchesPerSecondMax = 300;

    /// <param name="sustained">Of the product in the same run, activities/s.</param>
    public async Task Run(
        BenchLoad load, int eventsPerBatch, int batchesAtOnce, TimeSpan time, int runs, double sustained, CancellationToken cancel)
    {
        var plain = new List<(double PerSecond, double Each)>();
        await using (var doorway = await DoorwayProcess.Start(silo.ConnectionString, cancel))
            for (var run = 0; run < runs; run++)
            {
                report.Begin($"a plain service that keeps events in one table, run {run + 1}");
                var bodies = Enumerable.Range(0, (int)(time.TotalSeconds * BatchesPerSecondMax))
                    .Select(_ => BenchLoad.Batch(load.Many(eventsPerBatch))).ToList();
                var (server, own) = (silo.PostgreSqlTime(), doorway.ProcessorTime());
                var sent = await Senders.Send(
                    [doorway.Address], SiloProcess.WriteKey, batchesAtOnce, bodies, _ => "/v1/batch", time, cancel);
                if (sent.Failures > 0) throw new InvalidOperationException($"The plain service refused {sent.Failures} batches.");
                var spent = silo.PostgreSqlTime() - server + doorway.ProcessorTime() - own;
                var events = (double)sent.Requests * eventsPerBatch;
                plain.Add((events / sent.Elapsed.TotalSeconds, spent.TotalMicroseconds / events));
            }
        var stock = new List<double>();
        await using (var stored = await StockSilo(cancel))
        {
            var storage = new StockStorage(stored.Services);
            report.Begin("Orleans' own grain storage, states come");
            await Writes(storage, time / 2, cancel);
            for (var run = 0; run < runs; run++)
            {
                report.Begin($"Orleans' own grain storage, run {run + 1}");
                stock.Add(await Writes(storage, time, cancel));
            }
        }
        Directory.Delete(StockFolder, recursive: true);
        report.Add("a plain service, batches as rows of one table: events/s", new Interval(plain.Select(run => run.PerSecond)).Text("N0"));
        report.Add("  processor time of it and PostgreSQL: µs an event", new Interval(plain.Select(run => run.Each)).Text("0.0"));
        report.Add("  the product's sustained rate to it", sustained / plain.Average(run => run.PerSecond), "0.00");
        report.Add(
            $"Orleans' own grain storage, one write of 1 KB a call, {WritesAtOnce} at once: calls/s", new Interval(stock).Text("N0"));
        report.Add("  the product's sustained rate to it", sustained / stock.Average(), "0.0");
    }

    private string StockFolder => Path.Combine(folder, "stock");

    private Task<LStepSilo> StockSilo(CancellationToken cancel) => LStepSilo.Start(
        new SiloOptions
        {
            Postgres = silo.ConnectionString, DataFolder = StockFolder, Port = 0, Quiet = true,
            Services = StockStorage.AddTo,
        }, cancel);

    /// <summary>A worker keeps to keys of its own, so that no write waits for another of the same row.</summary>
    private async Task<double> Writes(StockStorage storage, TimeSpan time, CancellationToken cancel)
    {
        var (watch, done) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, WritesAtOnce).Select(worker => Task.Run(async () =>
        {
            for (var call = 0; watch.Elapsed < time && !cancel.IsCancellationRequested; call++, Interlocked.Increment(ref done))
                await storage.Write(worker + WritesAtOnce * (call % Math.Max(1, customers / WritesAtOnce)));
        }, cancel)));
        return done / watch.Elapsed.TotalSeconds;
    }
}
