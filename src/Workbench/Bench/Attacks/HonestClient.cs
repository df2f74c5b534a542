using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Bench.Attacks;

/// <summary>
/// Who uses the silo as it is meant: small batches with the write key in the header, a look at one customer, and the question whether it
/// is ready, each several times a second, whatever others do.
/// </summary>
internal sealed class HonestClient(Uri server, BenchLoad load)
{
    private const int EventsPerBatch = 20;
    private const int BatchEveryMs = 100;
    private const int LookEveryMs = 200;
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(10);

    private readonly string key = Convert.ToBase64String(Encoding.UTF8.GetBytes(SiloProcess.WriteKey + ":"));

    public async Task<HonestFigures> For(TimeSpan time, CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = server, Timeout = AnsweredWithin };
        var others = new ConcurrentBag<string>();
        var batches = Repeat(BatchEveryMs, () => Batch(client), time, others, cancel);
        var looks = Repeat(LookEveryMs, () => Look(client), time, others, cancel);
        var ready = Repeat(LookEveryMs, () => client.GetAsync("/health/ready", cancel), time, others, cancel);
        await Task.WhenAll(batches, looks, ready);
        return new HonestFigures(await batches, await looks, await ready, [.. others]);
    }

    /// <summary>
    /// A kept connection may end in the instant in which it is used again: like every SDK it sends the batch again then, once, with the
    /// same message ids.
    /// </summary>
    private async Task<HttpResponseMessage> Batch(HttpClient client)
    {
        var body = BenchLoad.Batch(load.Many(EventsPerBatch));
        try
        {
            return await Post(client, body);
        }
        catch (HttpRequestException)
        {
            return await Post(client, body);
        }
    }

    private async Task<HttpResponseMessage> Post(HttpClient client, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch")
        {
            Content = new ByteArrayContent(body),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", key) },
        };
        return await client.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> Look(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/customers/{BenchLoad.Customer(1)}")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", SiloProcess.AdminToken) },
        };
        return await client.SendAsync(request);
    }

    private static async Task<Latencies> Repeat(
        int everyMs, Func<Task<HttpResponseMessage>> send, TimeSpan time, ConcurrentBag<string> others, CancellationToken cancel)
    {
        var took = new List<double>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(everyMs));
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time; await timer.WaitForNextTickAsync(cancel))
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                using var answer = await send();
                if (!answer.IsSuccessStatusCode)
                    others.Add($"{(int)answer.StatusCode} {answer.RequestMessage!.RequestUri!.AbsolutePath} "
                        + await answer.Content.ReadAsStringAsync(cancel));
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
            {
                others.Add($"no answer: {e.Message}");
            }
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return new Latencies(took);
    }
}

/// <param name="Others">Answers that were not 2xx, and those that did not come.</param>
internal sealed record HonestFigures(Latencies Batches, Latencies Looks, Latencies Ready, string[] Others)
{
    public int Requests => Batches.Count + Looks.Count + Ready.Count;
}
