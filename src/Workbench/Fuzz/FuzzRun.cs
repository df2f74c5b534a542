using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace LStep.Workbench.Fuzz;

/// <summary>Sends the requests of a seed to a product that runs, as many at once as there are connections.</summary>
public sealed class FuzzRun(Uri server, string writeKey, string adminToken, IReadOnlyList<string> otherTokens)
{
    private const int Connections = 32;
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(10);

    /// <summary>What is not whole is cut off after that long, unless it was answered.</summary>
    private static readonly TimeSpan CutAfter = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Customers =
        [.. Enumerable.Range(1, 40).Select(n => $"fuzz-{n}"), ".", "..", "a/b", "a%2Fb", "日本 🌱", "x y", "1?2#3", "ÄRGER"];

    private static readonly string[] Lists =
    [
        "/api/customers?limit=1", "/api/transitions?limit=1", "/api/transitions?order=desc&limit=1", "/api/rejected?limit=1",
        "/api/customers/fuzz-1/timeline?limit=1",
    ];

    /// <param name="first">The number of the first request.</param>
    /// <param name="tell">Called with how many are done.</param>
    public async Task<FuzzResult> Run(ulong seed, long first, long requests, Action<long> tell, CancellationToken cancel)
    {
        var api = new ApiDocument(await Get("/openapi/v1.json", cancel));
        var maker = new RequestMaker(api, await Prepare(cancel), seed, server.Authority);
        var result = new FuzzResult();
        var next = first - 1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            RawConnection? connection = null;
            while (Interlocked.Increment(ref next) is var number && number < first + requests)
            {
                connection = await Send(connection, maker.Make(number), result, cancel);
                tell(number - first + 1);
            }
            connection?.Dispose();
        }));
        return result;
    }

    /// <summary>Null where the connection is of no more use.</summary>
    private async Task<RawConnection?> Send(RawConnection? connection, FuzzRequest request, FuzzResult result, CancellationToken cancel)
    {
        if (!request.IsWhole)
        {
            connection?.Dispose();
            connection = null;
        }
        var started = Stopwatch.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(request.IsWhole ? AnsweredWithin : CutAfter);
        try
        {
            connection ??= await RawConnection.Open(server, cancel);
            var answer = await connection.Ask(request.Bytes, request.Bytes.AsSpan().StartsWith("HEAD "u8), patience.Token);
            result.Answered(request, answer, Stopwatch.GetElapsedTime(started));
            if (answer.IsKept && request.IsWhole) return connection;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            if (request.IsWhole) result.Hung(request);
            else result.Answered(request, default, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            result.Answered(request, default, Stopwatch.GetElapsedTime(started));
        }
        connection?.Dispose();
        return null;
    }

    /// <summary>Customers with something behind them, and what a reader would have learned of them: cursors, a batch, a session.</summary>
    private async Task<Known> Prepare(CancellationToken cancel)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(writeKey + ":")));
        var messages = Customers.SelectMany(id => new object[]
        {
            new { type = "identify", userId = id, messageId = id + "-i", traits = new { tier = "Pro", email = "someone@example.org" } },
            new { type = "track", userId = id, messageId = id + "-l", @event = "Lesson Completed", properties = new { lessonId = "l1" } },
            new { type = "track", userId = id, messageId = id + "-q", @event = "Quiz Completed", properties = new { score = 300 } },
        });
        using (var taken = await http.PostAsJsonAsync("/v1/batch", new { batch = messages }, cancel)) taken.EnsureSuccessStatusCode();

        http.DefaultRequestHeaders.Authorization = null;
        using var session = await http.PostAsJsonAsync("/api/session", new { token = adminToken }, cancel);
        session.EnsureSuccessStatusCode();
        var cursors = new List<string>();
        foreach (var list in Lists)
            if ((await Get(list, cancel)).GetProperty("next").GetString() is { } cursor) cursors.Add(cursor);
        var batches = (await Get("/api/evaluations", cancel)).GetProperty("items").EnumerateArray()
            .Select(one => one.GetProperty("id").GetString()!);
        return new Known(
            writeKey, [adminToken, .. otherTokens, writeKey, "no-such-token-0123456789"], Customers, cursors, [.. batches],
            session.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
    }

    private async Task<JsonElement> Get(string path, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminToken);
        return await http.GetFromJsonAsync<JsonElement>(path, cancel);
    }
}
