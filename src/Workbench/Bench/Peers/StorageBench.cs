using LStep.Grains.People;
using LStep.Grains.Time;
using LStep.Silo;
using Orleans;

namespace LStep.Workbench.Bench.Peers;

/// <summary>
/// What gathering commits is worth: activities through the journal, call by call and in batches over HTTP, and beside them Orleans' own
/// grain storage, which writes one row of about a kilobyte a call. What the journal takes passes through grain, rules and log; the stock
/// writes are bare.
/// </summary>
internal sealed class StorageBench(BenchSilo bench, Report report, int customers, TimeSpan time)
{
    private const int AtOnce = 256;
    private const int EventsPerBatch = 500;
    private const int BatchesAtOnce = 8;
    private const int BatchesPerSecondMax = 160;

    private readonly CallsAtOnce calls = new(AtOnce, customers);

    public async Task Run(CancellationToken cancel)
    {
        var (grains, now) = (bench.Get<IGrainFactory>(), MachineClock.Instance.GetUtcNow());
        Task Record(int key, int call) => grains.GetGrain<ICustomerGrain>(BenchLoad.Customer(key)).Record([new Activity
        {
            MessageId = $"s-{key}-{call}", Type = ActivityType.FeatureUse, Event = "Feature Used", Subject = $"feature-{call % 7}",
            OccurredAt = now, ReceivedAt = now,
        }]);
        var stock = new StockStorage(bench.Silo.Services);
        Task Write(int key, int call) => stock.Write(key);

        await Measured("customers come", Record, time / 2, cancel); // nobody is created, no state is read in what is measured
        await Measured("states come", Write, time / 2, cancel);
        var journal = await Measured("the journal", Record, time, cancel);
        var stocked = await Measured("the stock storage", Write, time, cancel);
        var batched = await Batches(now, cancel);
        report.Add($"customers' calls of one activity through the journal, {AtOnce} at once: calls/s", journal);
        report.Add($"Orleans' stock grain storage, one write of 1 KB a call, {AtOnce} at once: calls/s", stocked);
        report.Add("  ratio", journal / stocked, "0.0");
        report.Add($"batches of {EventsPerBatch} over HTTP into the journal, {BatchesAtOnce} at once: activities/s", batched);
        report.Add("  ratio to the stock storage", batched / stocked, "0.0");
    }

    private async Task<double> Batches(DateTimeOffset now, CancellationToken cancel)
    {
        report.Begin("batches into the journal");
        var load = new BenchLoad(customers, now);
        List<byte[]> bodies = [
            .. Enumerable.Range(0, (int)(time.TotalSeconds * BatchesPerSecondMax)).Select(_ => BenchLoad.Batch(load.Many(EventsPerBatch)))];
        var sent = await Senders.Send(
            [bench.Silo.Address], bench.Silo.Keys.WriteKey, BatchesAtOnce, bodies, _ => "/v1/batch", time, cancel);
        if (sent.Failures > 0) report.Add("  failed", sent.Failures);
        return (sent.Requests - sent.Failures) * EventsPerBatch / sent.Elapsed.TotalSeconds;
    }

    private Task<double> Measured(string what, Func<int, int, Task> call, TimeSpan atMost, CancellationToken cancel)
    {
        report.Begin(what);
        return calls.Measure(call, atMost, cancel);
    }
}
