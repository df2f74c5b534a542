using System.Collections.Concurrent;
using System.Diagnostics;
using LStep.Api.Customers;
using LStep.Silo;
using LStep.Workbench.Client;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Bench.Ingest;

/// <summary>From the moment an activity is posted to when a client of the hub receives the transition, while others post too.</summary>
/// <param name="watched">The silo whose hub is listened to; activities are posted to the bench's own.</param>
/// <param name="firstProbe">Probes are customers that do not exist yet: each measurement needs its own.</param>
internal sealed class LiveBench(SiloUnderTest silo, Uri watched, int firstProbe, Report report, BenchLoad load, TimeSpan time)
{
    private const int ActivitiesPerSecond = 2_000;
    private const int TicksPerSecond = 50;
    private const int Connections = 16;
    private const int ProbesPerSecond = 10;

    private string Where => watched == silo.Address ? "a hub client" : "a hub client of another silo";

    public async Task Run(CancellationToken cancel)
    {
        report.Begin($"from activity to {Where}");
        await using var hub = await HubClient.Connect(watched, SiloProcess.AdminToken, cancel);
        await hub.Subscribe(new { }, cancel);
        var posted = new ConcurrentDictionary<string, long>();
        var heard = Hear(hub, posted, cancel);
        await Task.WhenAll(Background(cancel), Probe(posted, cancel), heard);
        report.Add(
            $"activity posted → transition at {Where}, {ActivitiesPerSecond:N0} activities/s beside it: p50, p99 (ms)",
            new Latencies(await heard));
    }

    /// <summary>As many customers as there are probes, each new: its first activity assigns its first tag.</summary>
    private int Probes => (int)(time.TotalSeconds * ProbesPerSecond);

    private async Task Probe(ConcurrentDictionary<string, long> posted, CancellationToken cancel)
    {
        using var connection = await LoadConnection.Open(silo.Address, SiloProcess.WriteKey, cancel);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / ProbesPerSecond));
        var own = new BenchLoad(customers: 1, MachineClock.Instance.GetUtcNow(), seed: 2);
        for (var probe = 0; probe < Probes; probe++)
        {
            await timer.WaitForNextTickAsync(cancel);
            var customer = Customer(probe);
            var request = connection.Request("/v1/batch", BenchLoad.Batch([own.Of(customer)]));
            posted[BenchLoad.Customer(customer)] = Stopwatch.GetTimestamp();
            if (await connection.Post(request, cancel) is not 200 and var refused)
                throw new HttpRequestException($"A probe was answered with {refused}.");
        }
    }

    private int Customer(int probe) => firstProbe + probe;

    private async Task<double[]> Hear(HubClient hub, ConcurrentDictionary<string, long> posted, CancellationToken cancel)
    {
        var took = new List<double>(Probes);
        while (took.Count < Probes)
        {
            var transition = await hub.Next("transition").WaitAsync(cancel);
            if (!posted.TryRemove(transition.GetProperty("customerId").GetString()!, out var at)) continue;
            took.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }
        return [.. took];
    }

    private async Task Background(CancellationToken cancel)
    {
        var opening = Enumerable.Range(0, Connections).Select(_ => LoadConnection.Open(silo.Address, SiloProcess.WriteKey, cancel));
        var connections = new ConcurrentQueue<LoadConnection>(await Task.WhenAll(opening));
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / TicksPerSecond));
        var under = new List<Task>();
        for (var tick = 0; tick < time.TotalSeconds * TicksPerSecond; tick++)
        {
            await timer.WaitForNextTickAsync(cancel);
            // Where all of them wait for an answer the server is behind; it is not given less by waiting for one.
            if (!connections.TryDequeue(out var connection))
                connection = await LoadConnection.Open(silo.Address, SiloProcess.WriteKey, cancel);
            var request = connection.Request("/v1/batch", BenchLoad.Batch(load.Many(ActivitiesPerSecond / TicksPerSecond)));
            under.Add(Send(connection, request));
        }
        await Task.WhenAll(under);
        foreach (var connection in connections) connection.Dispose();

        async Task Send(LoadConnection connection, byte[] request)
        {
            if (await connection.Post(request, cancel) is not 200 and var refused) report.Add("  refused in the background", refused);
            connections.Enqueue(connection);
        }
    }
}
