using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using LStep.Grains.Storage;
using LStep.Silo.Replay;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Silo.Bench;

/// <summary>Durable ingest over HTTP, and beside it what PostgreSQL alone takes of the same rows. The client shares the machine.</summary>
public sealed class IngestBench(BenchSilo bench, int customers, int activities)
{
    private const int BatchesAtOnce = 8;
    private const int Connections = 256;
    private const int Evaluations = 500;
    private const int CommandSecondsMax = 600;
    private static readonly TimeSpan SinglesFor = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<(string What, string Figure)>> Run(CancellationToken cancel)
    {
        var figures = new List<(string, string)>();
        var warm = new BenchLoad(customers, LStepSilo.WallClock.GetUtcNow(), seed: 2);
        await Post(Requests.Lanes(warm.Many(20_000)), cancel);

        var load = new BenchLoad(customers, LStepSilo.WallClock.GetUtcNow());
        var lanes = Requests.Lanes(load.Many(activities));
        var watch = Stopwatch.StartNew();
        await Post(lanes, cancel);
        var perSecond = activities / watch.Elapsed.TotalSeconds;
        figures.Add(($"batches of 500, {customers:N0} customers: activities/s", $"{perSecond:N0}"));

        var copied = await CopySameRows(cancel);
        figures.Add(("COPY alone of the same rows into the same table: rows/s", $"{copied:N0}"));
        figures.Add(("ratio", $"{perSecond / copied:0.00}"));
        figures.AddRange(await Singles(load, cancel));
        figures.AddRange(await EvaluateAtOnce(cancel));
        return figures;
    }

    private Task Post(IReadOnlyList<IReadOnlyList<(ReadOnlyMemory<byte> Body, int Messages)>> lanes, CancellationToken cancel) =>
        Parallel.ForEachAsync(lanes, new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = cancel }, async (lane, stop) =>
        {
            foreach (var (body, _) in lane) await bench.Client.PostBatch(body, stop);
        });

    /// <summary>The log as it stands, copied out and then once more into itself: same rows, same table, same indexes.</summary>
    private async Task<double> CopySameRows(CancellationToken cancel)
    {
        var database = bench.Silo.Services.GetRequiredService<Database>();
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        using var rows = new MemoryStream();
        await using (var export = await connection.BeginRawBinaryCopyAsync(Copy("bench_copy_out"), cancel)) await export.CopyToAsync(rows, cancel);
        rows.Position = 0;
        var watch = Stopwatch.StartNew();
        await using (var import = await connection.BeginRawBinaryCopyAsync(Copy("bench_copy_in"), cancel)) await rows.CopyToAsync(import, 1 << 16, cancel);
        var seconds = watch.Elapsed.TotalSeconds;
        return (activities + 20_000) / seconds;
    }

    /// <summary>Npgsql wants the word itself first, before any comment.</summary>
    private static string Copy(string query)
    {
        var text = Sql.Query(query);
        return text[text.IndexOf("COPY", StringComparison.Ordinal)..];
    }

    private async Task<IEnumerable<(string, string)>> Singles(BenchLoad load, CancellationToken cancel)
    {
        var messages = new ConcurrentQueue<SegmentMessage>(load.Many(400_000));
        var took = new ConcurrentBag<double>();
        using var http = Client("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(bench.Silo.Keys.WriteKey + ":")));
        var watch = Stopwatch.StartNew();
        var failures = 0;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (watch.Elapsed < SinglesFor && messages.TryDequeue(out var message))
            {
                var started = Stopwatch.GetTimestamp();
                using var content = new ReadOnlyMemoryContent(message.Json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                // The kind is in the message; a batch of one would measure the batch.
                using var answer = await http.PostAsync(message.Json.Span.StartsWith("{\"type\":\"page\""u8) ? "/v1/page" : "/v1/track", content, cancel);
                if (!answer.IsSuccessStatusCode) Interlocked.Increment(ref failures);
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }));
        var latencies = new Latencies(took);
        return
        [
            ($"single events, {Connections} connections: requests/s", $"{latencies.Count / watch.Elapsed.TotalSeconds:N0}"),
            ("  p50, p99 (ms)", $"{latencies.At(0.5):0.0}, {latencies.At(0.99):0.0}"),
            ("  failed", $"{failures}"),
        ];
    }

    private async Task<IEnumerable<(string, string)>> EvaluateAtOnce(CancellationToken cancel)
    {
        using var http = Client("Bearer", bench.Silo.Keys.AdminToken);
        var failures = 0;
        var took = await Task.WhenAll(Enumerable.Range(0, Evaluations).Select(async customer =>
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsync($"/api/customers/{BenchLoad.Customer(customer)}/evaluation", null, cancel);
            if (!answer.IsSuccessStatusCode) Interlocked.Increment(ref failures);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }));
        return [($"{Evaluations} evaluations at once: slowest (ms)", $"{new Latencies(took).Slowest:0}"), ("  failed", $"{failures}")];
    }

    private HttpClient Client(string scheme, string secret) => new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections })
    {
        BaseAddress = bench.Silo.Address,
        Timeout = TimeSpan.FromSeconds(CommandSecondsMax),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue(scheme, secret) },
    };
}
