using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using LStep.Silo.Verbs;

namespace LStep.Workbench.Client;

/// <summary>A server as a client sees it: ingest with the write key, everything else with the admin token.</summary>
public sealed class LStepClient : IDisposable
{
    /// <summary>How long one call goes on trying while the server is away or overloaded.</summary>
    public static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    private readonly HttpClient http;
    private readonly AuthenticationHeaderValue ingest;
    private readonly AuthenticationHeaderValue admin;

    public LStepClient(Uri server, string writeKey, string adminToken)
    {
        // Moving the clock over months of silence takes as long as it takes.
        http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        ingest = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(writeKey + ":")));
        admin = new AuthenticationHeaderValue("Bearer", adminToken);
    }

    /// <summary>Posts a batch until it is taken; answers how many of its events were rejected.</summary>
    public async Task<IReadOnlyList<RejectedMessage>> PostBatch(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        using var response = await Send(HttpMethod.Post, "/v1/batch", ingest, () => JsonContent(body), cancel);
        var answer = await response.Content.ReadFromJsonAsync(ClientJson.Default.BatchAnswer, cancel);
        return answer?.Rejected ?? [];
    }

    /// <summary>Null where the server lives on the wall clock.</summary>
    public async Task<ClockAnswer?> Clock(CancellationToken cancel)
    {
        using var response = await Send(HttpMethod.Get, "/api/clock", admin, null, cancel, HttpStatusCode.NotFound);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync(ClientJson.Default.ClockAnswer, cancel) : null;
    }

    /// <summary>Moves the simulated clock; answers when everything due up to then is done.</summary>
    public async Task<ClockAnswer> MoveClock(DateTimeOffset now, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new ClockMove(now), ClientJson.Default.ClockMove);
        using var response = await Send(HttpMethod.Post, "/api/clock", admin, () => JsonContent(body), cancel);
        return await response.Content.ReadFromJsonAsync(ClientJson.Default.ClockAnswer, cancel)
            ?? throw new InvalidDataException("the server answered a move of the clock with nothing");
    }

    public async Task<JsonDocument> Get(string path, CancellationToken cancel)
    {
        using var response = await Send(HttpMethod.Get, path, admin, null, cancel);
        return await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancel), cancellationToken: cancel);
    }

    /// <summary>Every item of a list, page by page. The path names the limit.</summary>
    public async IAsyncEnumerable<JsonElement> Items(string path, [EnumeratorCancellation] CancellationToken cancel)
    {
        string? cursor = null;
        do
        {
            using var page = await Get(cursor is null ? path : $"{path}&cursor={Uri.EscapeDataString(cursor)}", cancel);
            foreach (var item in page.RootElement.GetProperty("items").EnumerateArray()) yield return item;
            cursor = page.RootElement.GetProperty("next").GetString();
        }
        while (cursor is not null);
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, AuthenticationHeaderValue key, Func<HttpContent>? content, CancellationToken cancel,
        HttpStatusCode? alsoFine = null)
    {
        var patience = TimeSpan.Zero;
        for (var pause = PauseFirst; ; pause = pause * 2 < PauseMax ? pause * 2 : PauseMax)
        {
            var (response, trouble, wait) = await Try(method, path, key, content, cancel);
            if (response is not null)
            {
                if (response.IsSuccessStatusCode || response.StatusCode == alsoFine) return response;
                using (response)
                    throw new HttpRequestException(
                        $"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancel)}", null,
                        response.StatusCode);
            }
            var rest = wait ?? pause;
            patience += rest;
            if (patience > PatienceMax)
                throw new HttpRequestException($"{method} {path}: gave up after {PatienceMax.TotalMinutes:0} minutes: {trouble}");
            await Task.Delay(rest, cancel);
        }
    }

    /// <summary>A response to look at, or the trouble that may pass and how long the server asks to wait.</summary>
    private async Task<(HttpResponseMessage? Response, string? Trouble, TimeSpan? Wait)> Try(
        HttpMethod method, string path, AuthenticationHeaderValue key, Func<HttpContent>? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content?.Invoke() };
        request.Headers.Authorization = key;
        try
        {
            var response = await http.SendAsync(request, cancel);
            if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                return (response, null, null);
            var wait = response.Headers.RetryAfter?.Delta;
            response.Dispose();
            return (null, $"{(int)response.StatusCode}", wait);
        }
        catch (HttpRequestException e)
        {
            return (null, e.Message, null);
        }
    }

    private static ReadOnlyMemoryContent JsonContent(ReadOnlyMemory<byte> body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
