using LStep.Silo;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Bench.Attacks;

/// <summary>How a silo serves a legitimate client before it is attacked, and during each attack.</summary>
public sealed class AttackBench
{
    private const int EventsPerBatch = 500;
    private const int BatchesAtOnce = 8;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly SiloUnderTest silo;
    private readonly Report report;
    private readonly int customers;
    private readonly TimeSpan time;
    private readonly List<string> notServed = [];

    internal AttackBench(SiloUnderTest silo, Report report, int customers, TimeSpan time) =>
        (this.silo, this.report, this.customers, this.time) = (silo, report, customers, time);

    /// <param name="tell">Told the figures as they come.</param>
    /// <returns>The answers to the legitimate client that were no 2xx, the first few of each attack; none when all is well.</returns>
    public static async Task<IReadOnlyList<string>> Run(
        string folder, int customers, TimeSpan time, Action<string> tell, CancellationToken cancel)
    {
        await using var silo = await SiloUnderTest.Start(folder, null, null, cancel);
        var bench = new AttackBench(silo, new Report(tell), customers, time);
        await bench.Run(cancel);
        return bench.NotServed;
    }

    /// <summary>The first answers to the legitimate client that were not 2xx; none when all is well.</summary>
    public IReadOnlyList<string> NotServed => notServed;

    internal static Attack[] All { get; } =
    [
        new("200 bodies of 4 MB that never come", (server, cancel) => RawAttacks.Promises(server, 200, cancel)),
        new("600 bodies, a byte at a time", (server, cancel) => RawAttacks.SlowBodies(server, 600, cancel)),
        new("600 heads without an end", (server, cancel) => RawAttacks.SlowHeaders(server, 600, cancel)),
        new("4,000 idle connections", (server, cancel) => RawAttacks.Idle(server, 4_000, cancel)),
        new("invented keys over 16 connections", (server, cancel) => RequestAttacks.InventedKeys(server, 16, cancel)),
        new("gzip of 64 MB over 16 connections", (server, cancel) => RequestAttacks.Bombs(server, 16, cancel)),
        new("refused events over 4 connections", (server, cancel) => RequestAttacks.Refused(server, 4, cancel)),
        new("one customer of 8 MB, listed", (server, cancel) => RequestAttacks.HeavyCustomer(server, 4, cancel)),
        new("40 searches at once", (server, cancel) => RequestAttacks.Searches(server, 40, cancel)),
        new("30 batches asked for at once", (server, cancel) => RequestAttacks.Evaluations(server, 30, cancel)),
    ];

    internal async Task Run(CancellationToken cancel)
    {
        report.Begin($"{customers:N0} customers come");
        var load = new BenchLoad(customers, MachineClock.Instance.GetUtcNow());
        var bodies = Enumerable.Range(0, customers).Select(load.Of).Chunk(EventsPerBatch).Select(BenchLoad.Batch).ToList();
        await Senders.Send([silo.Address], SiloProcess.WriteKey, BatchesAtOnce, bodies, _ => "/v1/batch", TimeSpan.MaxValue, cancel);
        var honest = new HonestClient(silo.Address, load);
        await honest.For(Rest, cancel); // code that runs for the first time is not what is measured

        await Measured("nobody", honest, null, cancel);
        foreach (var attack in All) await Measured(attack.Name, honest, attack, cancel);
    }

    private async Task Measured(string name, HonestClient honest, Attack? attack, CancellationToken cancel)
    {
        report.Begin($"attacked by {name}");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var attacking = attack is null ? Task.CompletedTask : Task.Run(() => attack.Run(silo.Address, over.Token), cancel);
        var figures = await honest.For(time, cancel);
        await over.CancelAsync();
        await attacking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        report.Add($"{name}: a batch of 20, p50, p99 (ms)", figures.Batches);
        report.Add("  one customer, p50, p99 (ms)", figures.Looks);
        report.Add("  readiness, p50, p99 (ms)", figures.Ready);
        report.Add($"  not 2xx, of {figures.Requests}", figures.Others.Length);
        report.Add("  the silo's memory at its highest so far (MB)", silo.PeakBytes() / 1024.0 / 1024.0);
        notServed.AddRange(figures.Others.Take(3).Select(other => $"{name}: {other}"));
        await Task.Delay(Rest, cancel);
    }
}
