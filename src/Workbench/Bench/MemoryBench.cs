using LStep.Grains.Customers;
using LStep.Silo;

namespace LStep.Workbench.Bench;

/// <summary>What a customer in memory weighs: managed memory before and after they came, per customer.</summary>
internal sealed class MemoryBench(BenchSilo bench, Report report, int customers)
{
    private const int ActiveDays = 10;
    private const int BatchesAtOnce = 8;
    private const int CustomersPerBatch = 50;
    private const int Warm = 200;

    public async Task Run(CancellationToken cancel)
    {
        report.Begin($"{customers:N0} customers come");
        var load = new BenchLoad(customers, MachineClock.Instance.GetUtcNow());
        await Post(load, 0, Warm, cancel);
        var before = Settled();
        await Post(load, Warm, customers, cancel);
        var each = (Settled() - before) / (double)(customers - Warm);
        report.Add($"memory per resident customer, of {customers:N0} with {ActiveDays} active days each (bytes)", each);
        report.Add("  of it recent message ids", await RecentIds(cancel));
    }

    /// <summary>8 bytes an id and what holds them: an array and an hour.</summary>
    private async Task<double> RecentIds(CancellationToken cancel)
    {
        var known = await bench.Get<CustomerStore>().LoadMany([.. Enumerable.Range(Warm, 1_000).Select(BenchLoad.Customer)], cancel);
        return known.Average(customer => (double)customer.State.Recent.Count * sizeof(ulong));
    }

    private Task<Sent> Post(BenchLoad load, int from, int until, CancellationToken cancel)
    {
        var now = MachineClock.Instance.GetUtcNow();
        var bodies = Enumerable.Range(from, until - from).Chunk(CustomersPerBatch).Select(some => BenchLoad.Batch(
            some.SelectMany(customer => Enumerable.Range(0, ActiveDays).Select(
                day => load.Of(customer, now.AddDays(-2 * day).AddMinutes(-customer % 600))))));
        return Senders.Send(
            [bench.Silo.Address], bench.Silo.Keys.WriteKey, BatchesAtOnce, [.. bodies], _ => "/v1/batch", TimeSpan.MaxValue, cancel);
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
