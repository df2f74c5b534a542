using System.Diagnostics;

namespace LStep.Workbench.Bench.Peers;

/// <summary>
/// Many workers that call one after the other. Each keeps to keys of its own, so that no call waits for another of the same row, and
/// goes on with them from measurement to measurement.
/// </summary>
internal sealed class CallsAtOnce(int workers, int keys)
{
    private readonly int[] calls = new int[workers];

    /// <summary>Calls a second.</summary>
    /// <param name="call">Given a key and how often its worker has called.</param>
    public async Task<double> Measure(Func<int, int, Task> call, TimeSpan atMost, CancellationToken cancel)
    {
        var (watch, done) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            for (; watch.Elapsed < atMost && !cancel.IsCancellationRequested; Interlocked.Increment(ref done))
                await call(worker + workers * (++calls[worker] % Math.Max(1, keys / workers)), calls[worker]);
        }, cancel)));
        return done / watch.Elapsed.TotalSeconds;
    }
}
