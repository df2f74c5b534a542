using System.Diagnostics;

namespace LStep.Workbench.Simulation;

/// <param name="Seed">The first that failed, or null.</param>
/// <param name="Violations">What it violated; empty when none did.</param>
public sealed record SimulationResult(
    long Seeds, IReadOnlyDictionary<string, long> Counts, TimeSpan Took, ulong? Seed, IReadOnlyList<string> Violations)
{
    public string Message => Seed is null ? $"{Seeds:N0} seeds, 0 violations"
        : $"Seed {Seed} failed; ./lstep bench simulation --seed {Seed} prints its steps.\n{string.Join('\n', Violations)}";
}

/// <summary>Many seeds, one world each. Worlds share nothing, so that several run at once where the storage allows it.</summary>
public static class SimulationRun
{
    public static async Task<Findings> One(ulong seed, ISimulationStore store, bool traced)
    {
        var findings = new Findings(traced);
        await Task.Run(() => new World(seed, store, findings).Run());
        return findings;
    }

    /// <param name="store">An empty one for each seed.</param>
    public static async Task<SimulationResult> Many(
        ulong first, long seeds, TimeSpan within, Func<Task<ISimulationStore>> store, int atOnce, Action<long>? progress = null,
        CancellationToken cancel = default)
    {
        var watch = Stopwatch.StartNew();
        var (sum, next, done, gate) = (new Findings(traced: false), -1L, 0L, new Lock());
        (ulong Seed, IReadOnlyList<string> Violations)? failed = null;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(Worker, cancel)));
        return new SimulationResult(done, sum.Counts, watch.Elapsed, failed?.Seed, failed?.Violations ?? []);

        async Task Worker()
        {
            while (!cancel.IsCancellationRequested && failed is null && watch.Elapsed < within && Interlocked.Increment(ref next) is var at
                && at < seeds)
            {
                var seed = first + (ulong)at;
                var findings = await One(seed, await store(), traced: false);
                lock (gate)
                {
                    foreach (var (what, times) in findings.Counts) sum.Count(what, times);
                    if (findings.Violations.Count > 0 && !(failed?.Seed < seed)) failed = (seed, findings.Violations);
                    done++;
                    progress?.Invoke(done);
                }
            }
        }
    }
}
