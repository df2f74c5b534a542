using LStep.Silo.Replay;

namespace LStep.Silo.Bench;

/// <summary>What a customer in memory weighs: managed memory before and after they came, per customer.</summary>
public sealed class MemoryBench(BenchSilo bench, int customers)
{
    private const int ActivitiesEach = 8;

    public async Task<IReadOnlyList<(string What, string Figure)>> Run(CancellationToken cancel)
    {
        var load = new BenchLoad(customers, LStepSilo.WallClock.GetUtcNow());
        await Post(load, from: 0, until: 100, cancel);
        var before = Settled();
        await Post(load, from: 100, until: customers, cancel);
        var after = Settled();
        return [($"memory per resident customer, of {customers:N0} with {ActivitiesEach} activities each (bytes)", $"{(after - before) / (double)(customers - 100):N0}")];
    }

    private async Task Post(BenchLoad load, int from, int until, CancellationToken cancel)
    {
        for (var first = from; first < until; first += 1_000)
            foreach (var lane in Requests.Lanes(Enumerable.Range(first, Math.Min(1_000, until - first)).SelectMany(customer => Enumerable.Range(0, ActivitiesEach).Select(_ => load.Of(customer)))))
                foreach (var (body, _) in lane) await bench.Client.PostBatch(body, cancel);
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
