using System.Net.Http.Headers;
using System.Text.Json;
using LStep.Silo.Keys;

namespace LStep.Silo.Verbs;

/// <summary>The API of a running server, for a verb that works through it.</summary>
internal sealed class RulesServer : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly HttpClient http;

    private RulesServer(Uri address, string token) => http = new HttpClient
    {
        BaseAddress = address, Timeout = AnswerWithin,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <exception cref="VerbRefusedException">There is no server, or no token for it.</exception>
    public static async Task<RulesServer> Find(Uri? address, SiloOptions options, CancellationToken cancel)
    {
        if (address is null)
        {
            options = StandingData.Find(options);
            await using var opened = await OpenDatabase.At(options, cancel);
            address = await StandingData.Server(options, opened.Database, cancel);
        }
        var token = options.AdminToken ?? new KeyFile(options.DataFolder).Read()?.AdminToken
            ?? throw new VerbRefusedException(
                "There is no token: give one in LSTEP_ADMIN_TOKEN, or name the folder of keys.json with --data.");
        return new RulesServer(address, token);
    }

    public Task<JsonElement> Get(string path, CancellationToken cancel) => Send(new HttpRequestMessage(HttpMethod.Get, path), cancel);

    public Task<JsonElement> Put(string path, object body, CancellationToken cancel) =>
        Send(new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) }, cancel);

    public Task<JsonElement> Post(string path, object body, CancellationToken cancel) =>
        Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, cancel);

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> Send(HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
            try
            {
                using var answer = await http.SendAsync(request, cancel);
                var text = await answer.Content.ReadAsStringAsync(cancel);
                return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new VerbRefusedException(Words(answer, text));
            }
            catch (Exception e) when (e is HttpRequestException or JsonException
                || (e is TaskCanceledException && !cancel.IsCancellationRequested))
            {
                throw new VerbRefusedException($"{http.BaseAddress} did not answer as L-Step does: {e.Message}");
            }
    }

    /// <summary>What a problem says, with everything that is wrong by its place.</summary>
    private static string Words(HttpResponseMessage answer, string text)
    {
        try
        {
            var problem = JsonElement.Parse(text);
            var errors = problem.TryGetProperty("errors", out var list) ? list.EnumerateArray() : [];
            var refused = $"The server refused it ({(int)answer.StatusCode} {problem.GetProperty("code")})";
            return string.Join('\n', errors.Select(error => $"{error.GetProperty("path")}: {error.GetProperty("message")}")
                .Prepend($"{refused}: {problem.GetProperty("detail")}"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"The server answered {(int)answer.StatusCode}.";
        }
    }
}
