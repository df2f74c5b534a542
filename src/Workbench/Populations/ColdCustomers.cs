using System.Diagnostics;
using LStep.Workbench.Bench;
using LStep.Workbench.Processes;
using LStep.Workbench.Replay;

namespace LStep.Workbench.Populations;

/// <summary>Batches that name customers of whom the silo, which has just started, has none in memory; then the same once more.</summary>
internal sealed class ColdCustomers(SiloUnderTest silo, BenchTime time, Report report, int customers)
{
    private const int Named = 10_000, PerBatch = 500, AtOnce = 8;

    private readonly SegmentWriter writer = new();
    private int said;

    public async Task Measure(CancellationToken cancel)
    {
        report.Begin("a start with nothing due");
        await silo.StopSilo();
        var watch = Stopwatch.StartNew();
        await silo.StartSilo();
        report.Add("start with nothing due: s until ready", watch.Elapsed.TotalSeconds, "0.0");
        await new DueDays(silo, time, report).UntilNothingIsDue(time.Now, cancel);
        var count = Math.Min(Named, customers / 2);
        report.Begin($"{count:N0} cold customers");
        // Others first, so that the code has been compiled: the odd numbers, where those that are measured have even ones.
        await Send(Numbers(count, 1), cancel);
        Tell(count, "cold", await Send(Numbers(count, 0), cancel));
        Tell(count, "warm", await Send(Numbers(count, 0), cancel));
    }

    private void Tell(int count, string how, Sent sent)
    {
        report.Add($"{count:N0} {how} customers named by batches of {PerBatch}, {AtOnce} at once (s); a batch p50, p99 (ms)",
            $"{sent.Elapsed.TotalSeconds:0.00}; {sent.Latencies.At(0.5):0}, {sent.Latencies.At(0.99):0}");
        if (sent.Failures > 0) throw new InvalidOperationException($"{sent.Failures} batches were not taken.");
    }

    private IEnumerable<int> Numbers(int count, int odd) =>
        Enumerable.Range(0, count).Select(at => (int)((long)at * (customers / 2) / count) * 2 + odd);

    private Task<Sent> Send(IEnumerable<int> numbers, CancellationToken cancel)
    {
        var at = time.Now;
        var bodies = numbers.Select(number => writer.Page(
                $"cold-{said++}", Sowing.Id(number), at, "Course home", json => json.WriteString("path", "/course/7")))
            .Chunk(PerBatch).Select(BenchLoad.Batch);
        return Senders.Send([silo.Address], SiloProcess.WriteKey, AtOnce, [.. bodies], _ => "/v1/batch", TimeSpan.MaxValue, cancel);
    }
}
