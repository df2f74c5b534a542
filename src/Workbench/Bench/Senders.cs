using System.Collections.Concurrent;
using System.Diagnostics;
using LStep.Workbench.Replay;

namespace LStep.Workbench.Bench;

/// <summary>Connections that send as fast as they are answered.</summary>
internal static class Senders
{
    /// <summary>Sends until the requests or the time are over; answers how long each took and how long all of them did.</summary>
    public static async Task<Sent> Send(
        IReadOnlyList<Uri> servers, string writeKey, int connections, IReadOnlyCollection<byte[]> bodies, Func<byte[], string> path,
        TimeSpan time, CancellationToken cancel)
    {
        var waiting = new ConcurrentQueue<byte[]>(bodies);
        var took = new ConcurrentBag<double>();
        var failures = 0;
        var opening = Enumerable.Range(0, connections).Select(n => LoadConnection.Open(servers[n % servers.Count], writeKey, cancel));
        var open = await Task.WhenAll(opening);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(open.Select(connection => Task.Run(async () =>
        {
            using (connection)
                while (watch.Elapsed < time && waiting.TryDequeue(out var body))
                {
                    var request = connection.Request(path(body), body);
                    var started = Stopwatch.GetTimestamp();
                    if (await connection.Post(request, cancel) != 200) Interlocked.Increment(ref failures);
                    took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
        }, cancel)));
        return new Sent(took.Count, failures, watch.Elapsed, new Latencies(took));
    }
}

internal sealed record Sent(int Requests, int Failures, TimeSpan Elapsed, Latencies Latencies)
{
    public double PerSecond => Requests / Elapsed.TotalSeconds;
}
