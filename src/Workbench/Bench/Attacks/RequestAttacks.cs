using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Bench.Attacks;

/// <summary>Whole requests, as many as are answered: invented keys, bodies that unpack to much, questions that cost much.</summary>
internal static class RequestAttacks
{
    private const int UnpackedBytes = 64 * 1024 * 1024;
    private const int TraitBytes = 30_000;
    private const int RefusedPerBatch = 2_000;

    /// <summary>Every request has a key that nobody gave it.</summary>
    public static Task InventedKeys(Uri server, int connections, CancellationToken cancel)
    {
        var body = Encoding.UTF8.GetBytes("""{"batch":[{"type":"track","userId":"x","event":"Login"}]}""");
        return Everyone(server, connections, n => Post("/v1/batch", body, Basic($"invented-{n}")), cancel);
    }

    /// <summary>A few KB of gzip that unpack to 64 MB, without a key.</summary>
    public static Task Bombs(Uri server, int connections, CancellationToken cancel)
    {
        var bomb = Packed(new byte[UnpackedBytes]);
        return Everyone(server, connections, _ => Gzipped("/v1/batch", bomb, null), cancel);
    }

    /// <summary>A client with a good key sends a little gzip full of events that are refused.</summary>
    public static async Task Refused(Uri server, int connections, CancellationToken cancel)
    {
        var key = await OwnKey(server, cancel);
        var refused = $$$"""{"type":"track","event":"Login","properties":{"x":"{{{new string('x', 1_500)}}}"}}""";
        var batch = Packed(Encoding.UTF8.GetBytes($$"""{"batch":[{{string.Join(',', Enumerable.Repeat(refused, RefusedPerBatch))}}]}"""));
        await Everyone(server, connections, _ => Gzipped("/v1/batch", batch, Basic(key)), cancel);
    }

    /// <summary>One customer gets trait after trait of 30 KB, and the list with it is read all the while.</summary>
    public static async Task HeavyCustomer(Uri server, int connections, CancellationToken cancel)
    {
        var key = await OwnKey(server, cancel);
        await Task.WhenAll(
            Everyone(server, connections, n => Post("/v1/identify", Trait(n), Basic(key)), cancel),
            Everyone(server, connections, _ => Get("/api/customers?limit=500"), cancel));
    }

    /// <summary>Searches that find nothing, so that everybody is looked at.</summary>
    public static Task Searches(Uri server, int connections, CancellationToken cancel) =>
        Everyone(server, connections, n => Get($"/api/customers?q=nobody-{n}"), cancel);

    /// <summary>Everybody is to be evaluated now, again and again.</summary>
    public static Task Evaluations(Uri server, int connections, CancellationToken cancel) =>
        Everyone(server, connections, _ => Post("/api/evaluations", [], Admin), cancel);

    /// <summary>A write key of the attacker's own: what one key may send in a second is the rate limit's matter.</summary>
    private static async Task<string> OwnKey(Uri server, CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = server, DefaultRequestHeaders = { Authorization = Admin } };
        using var made = await client.PostAsJsonAsync("/api/keys", new { name = "attacker", role = "ingest" }, cancel);
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("token").GetString()!;
    }

    private static AuthenticationHeaderValue Admin { get; } = new("Bearer", SiloProcess.AdminToken);

    private static AuthenticationHeaderValue Basic(string key) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));

    private static byte[] Trait(int n) => Encoding.UTF8.GetBytes(
        $$$"""{"userId":"heavy","traits":{"t{{{n % 280}}}":"{{{new string((char)('a' + (n % 26)), TraitBytes)}}}"}}""");

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path) { Headers = { Authorization = Admin } };

    private static HttpRequestMessage Post(string path, byte[] body, AuthenticationHeaderValue? key) => new(HttpMethod.Post, path)
    {
        Content = new ByteArrayContent(body), Headers = { Authorization = key },
    };

    private static HttpRequestMessage Gzipped(string path, byte[] body, AuthenticationHeaderValue? key)
    {
        var request = Post(path, body, key);
        request.Content!.Headers.ContentEncoding.Add("gzip");
        return request;
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static async Task Everyone(Uri server, int connections, Func<int, HttpRequestMessage> next, CancellationToken cancel)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = server };
        var sent = 0;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            while (!cancel.IsCancellationRequested)
                try
                {
                    using var request = next(Interlocked.Increment(ref sent));
                    using var answer = await client.SendAsync(request, cancel);
                    await answer.Content.LoadIntoBufferAsync(cancel);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
                {
                    // Thrown out, or told to stop.
                }
        }));
    }
}
