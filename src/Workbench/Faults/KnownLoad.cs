using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using LStep.Silo;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench;
using LStep.Workbench.Simulation;

namespace LStep.Workbench.Faults;

/// <summary>
/// Clients that post messages with known ids and, as a Segment client does, send a request again until it is acknowledged: the
/// same, to whichever silo is next. Every acknowledged id is kept, so that the audit can ask for each of them.
/// </summary>
/// <param name="answerWithin">After that a request counts as lost, whatever became of it.</param>
public sealed class KnownLoad(IReadOnlyList<Uri> servers, string writeKey, KnownMessages messages, int clients, TimeSpan answerWithin)
{
    public static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(120);

    private const int CustomersPerPayment = 200;
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(1);

    private readonly ConcurrentBag<KnownId> acknowledged = [];
    private readonly ConcurrentDictionary<string, int> retries = new();
    private readonly ConcurrentQueue<string> refusals = new();
    private readonly AuthenticationHeaderValue key = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(writeKey + ":")));
    private int requests;
    private int posts;
    private int rounds;

    public IReadOnlyCollection<KnownId> Acknowledged => acknowledged;

    /// <summary>Of what its clients post of themselves.</summary>
    public AnswerTimes Times { get; } = new();

    /// <summary>Requests sent, those that were sent again included.</summary>
    public int Posts => Volatile.Read(ref posts);

    /// <summary>What made a request be sent again, and how often: "connection", "no answer" or a status.</summary>
    public IReadOnlyDictionary<string, int> Retries => retries;

    /// <summary>Answers that no valid request should have had.</summary>
    public IReadOnlyCollection<string> Refusals => refusals;

    /// <summary>Posts this many requests over all clients, as fast as they are answered.</summary>
    public Task Run(int requestsInAll) => Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
    {
        using var http = Client(answerWithin);
        for (int number; (number = Interlocked.Increment(ref requests)) <= requestsInAll;) await Request(http, number, client, default);
    }));

    /// <summary>Posts at a rate until it is told to stop; then ends what it has begun, unless it is cancelled.</summary>
    public Task Run(double requestsPerSecond, CancellationToken stop, CancellationToken cancel) =>
        Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
    {
        using var http = Client(answerWithin);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(clients / requestsPerSecond));
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await Request(http, Interlocked.Increment(ref requests), client, cancel);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Between two requests: nothing is left half done.
        }
    }));

    /// <summary>
    /// Has every customer there is by now take something in, through some of the servers; answers how long it took until the last had
    /// answered.
    /// </summary>
    public async Task<TimeSpan> UntilAllAnswer(IReadOnlyList<Uri> through, CancellationToken cancel)
    {
        var (watch, round) = (Stopwatch.StartNew(), $"all-{Interlocked.Increment(ref rounds)}");
        using var http = Client(TimeSpan.FromSeconds(2));
        await Parallel.ForEachAsync(Enumerable.Range(0, messages.KnownAfter(Volatile.Read(ref requests))).Chunk(
            CustomersPerPayment), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancel },
            async (some, stop) => await Send(http, KnownMessages.Payments(
                round, some, MachineClock.Instance.GetUtcNow()), through, some[0] / CustomersPerPayment, stop));
        return watch.Elapsed;
    }

    /// <summary>Has some messages taken in, as one request.</summary>
    public async Task Post(IReadOnlyList<(KnownId Id, Replay.SegmentMessage Message)> said, CancellationToken cancel)
    {
        using var http = Client(answerWithin);
        await Send(http, said, servers, 0, cancel);
    }

    private async Task Request(HttpClient http, int number, int client, CancellationToken cancel)
    {
        var begin = Times.Now;
        await Send(
            http, messages.Request(number, MachineClock.Instance.GetUtcNow()), servers, client + number, cancel, Times.Trouble);
        Times.Acknowledged(begin);
    }

    private async Task Send(HttpClient http, IReadOnlyList<(
        KnownId Id, Replay.SegmentMessage Message)> said, IReadOnlyList<Uri> to, int first, CancellationToken cancel,
        Action? troubled = null)
    {
        var body = BenchLoad.Batch(said.Select(each => each.Message));
        var patience = Stopwatch.StartNew();
        var pause = TimeSpan.FromMilliseconds(50);
        for (var attempt = 0; ; attempt++)
        {
            var (trouble, wait) = await Try(http, new Uri(to[(int)((uint)(first + attempt) % (uint)to.Count)], "/v1/batch"), body, cancel);
            if (trouble is null) break;
            troubled?.Invoke();
            retries.AddOrUpdate(trouble, 1, (_, count) => count + 1);
            if (patience.Elapsed > PatienceMax)
                throw new TimeoutException($"a request was not taken for {PatienceMax.TotalSeconds:0} s; the last answer was: {trouble}");
            await Task.Delay(wait is { } asked && asked < PauseMax ? asked : pause, cancel);
            if (pause < PauseMax) pause *= 2;
        }
        foreach (var (id, _) in said) acknowledged.Add(id);
    }

    /// <summary>Null when it was taken.</summary>
    private async Task<(string? Trouble, TimeSpan? Wait)> Try(HttpClient http, Uri address, byte[] body, CancellationToken cancel)
    {
        Interlocked.Increment(ref posts);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.Authorization = key;
        try
        {
            using var answer = await http.SendAsync(request, cancel);
            var (status, text) = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
            if (status == 200 && !text.Contains("\"rejected\"", StringComparison.Ordinal)) return default;
            if (status is not (429 or 503)) refusals.Enqueue($"{status} {text}");
            return ($"{status}", answer.Headers.RetryAfter?.Delta);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return ("connection", null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return ("no answer", null);
        }
    }

    private static HttpClient Client(TimeSpan answerWithin) =>
        new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = answerWithin };
}
