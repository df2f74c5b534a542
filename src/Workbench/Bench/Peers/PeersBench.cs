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
        var plain = new List<(double PerSecond, double Microseconds)>();
        await using (var doorway = await DoorwayProcess.Start(silo.ConnectionString, cancel))
            for (var run = 0; run < runs; run++)
            {
                report.Begin($"a plain service that keeps events in one table, run {run + 1}");
                plain.Add(await Batches(doorway, load, eventsPerBatch, batchesAtOnce, time, cancel));
            }
        var stock = await StockWrites(time, runs, cancel);
        report.Add("a plain service, batches as rows of one table: events/s", new Interval(plain.Select(run => run.PerSecond)).Text("N0"));
        report.Add("  processor time of it and PostgreSQL: µs an event", new Interval(plain.Select(run => run.Microseconds)).Text("0.0"));
        report.Add("  the product's sustained rate to it", sustained / plain.Average(run => run.PerSecond), "0.00");
        report.Add(
            $"Orleans' own grain storage, one write of 1 KB a call, {WritesAtOnce} at once: calls/s", new Interval(stock).Text("N0"));
        report.Add("  the product's sustained rate to it", sustained / stock.Average(), "0.0");
    }

    private async Task<(double PerSecond, double Microseconds)> Batches(
        DoorwayProcess doorway, BenchLoad load, int eventsPerBatch, int batchesAtOnce, TimeSpan time, CancellationToken cancel)
    {
        var bodies = Enumerable.Range(0, (int)(time.TotalSeconds * BatchesPerSecondMax))
            .Select(_ => BenchLoad.Batch(load.Many(eventsPerBatch))).ToList();
        var before = silo.PostgreSqlTime() + doorway.ProcessorTime();
        var sent = await Senders.Send([doorway.Address], SiloProcess.WriteKey, batchesAtOnce, bodies, _ => "/v1/batch", time, cancel);
        if (sent.Failures > 0) throw new InvalidOperationException($"The plain service refused {sent.Failures} batches.");
        var spent = silo.PostgreSqlTime() + doorway.ProcessorTime() - before;
        var events = (double)sent.Requests * eventsPerBatch;
        return (events / sent.Elapsed.TotalSeconds, spent.TotalMicroseconds / events);
    }

    /// <summary>Each run's calls a second.</summary>
    private async Task<List<double>> StockWrites(TimeSpan time, int runs, CancellationToken cancel)
    {
        var (stock, calls) = (new List<double>(), new CallsAtOnce(WritesAtOnce, customers));
        await using (var stored = await StockSilo(cancel))
        {
            var storage = new StockStorage(stored.Services);
            report.Begin("Orleans' own grain storage, states come");
            await calls.Measure((key, _) => storage.Write(key), time / 2, cancel);
            for (var run = 0; run < runs; run++)
            {
                report.Begin($"Orleans' own grain storage, run {run + 1}");
                stock.Add(await calls.Measure((key, _) => storage.Write(key), time, cancel));
            }
        }
        Directory.Delete(StockFolder, recursive: true);
        return stock;
    }

    private string StockFolder => Path.Combine(folder, "stock");

    private Task<LStepSilo> StockSilo(CancellationToken cancel) => LStepSilo.Start(
        new SiloOptions
        {
            Postgres = silo.ConnectionString, DataFolder = StockFolder, Port = 0, Quiet = true,
            Services = StockStorage.AddTo,
        }, cancel);
}
