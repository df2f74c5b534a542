using System.Net.Http.Headers;
using System.Text;
using LStep.Silo;
using LStep.Workbench.Bench;
using LStep.Workbench.Processes;
using LStep.Workbench.Replay;

namespace LStep.Workbench.Sends;

/// <summary>
/// Customers whose tags are set by hand, each once, to those whose campaigns go out at once: certificate, badge and invitation; learning
/// path, discount and task; alert and a longer trial; the notice of a churn.
/// </summary>
internal sealed class MovedCustomers : IDisposable
{
    private const int PerBatch = 500;
    private static readonly string[] Tags = ["ST_003", "ST_005", "ST_004", "ST_006"];
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public MovedCustomers() => http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SiloProcess.AdminToken);

    /// <summary>They come: with addresses, and in a zone where it is about noon, so that no quiet hour holds anything.</summary>
    public static Task Introduce(int count, Uri server, CancellationToken cancel)
    {
        var (now, writer, zone) = (MachineClock.Instance.GetUtcNow(), new SegmentWriter(), Noon.Zone());
        var bodies = Enumerable.Range(0, count).Select(number => writer.Identify($"moved-{number}-came", Id(number), now, traits =>
        {
            traits.WriteString("email", $"{Id(number)}@receiver.example");
            traits.WriteString("name", $"Learner {number}");
            traits.WriteString("tier", (number % 3) switch { 0 => "Pro", 1 => "Enterprise", _ => "Freemium" });
            traits.WriteString("timezone", zone);
        })).Chunk(PerBatch).Select(BenchLoad.Batch).ToList();
        return Senders.Send([server], SiloProcess.WriteKey, 2, bodies, _ => "/v1/batch", TimeSpan.MaxValue, cancel);
    }

    /// <summary>Sets their tags through whichever silo answers.</summary>
    public Task Move(int first, int count, IReadOnlyList<Uri> servers, CancellationToken cancel) =>
        Task.WhenAll(Enumerable.Range(first, count).Select(number => Move(number, servers, cancel)));

    public void Dispose() => http.Dispose();

    private static string Id(int number) => $"moved-{number:00000}";

    private async Task Move(int number, IReadOnlyList<Uri> servers, CancellationToken cancel)
    {
        var body = $$"""{"tag":"{{Tags[number % Tags.Length]}}","reason":"as agreed"}""";
        for (var (attempt, began) = (0, MachineClock.Instance.GetTimestamp()); ; attempt++)
            try
            {
                using var answer = await http.PutAsync(
                    new Uri(servers[(number + attempt) % servers.Count], $"/api/customers/{Id(number)}/status"),
                    new StringContent(body, Encoding.UTF8, "application/json"), cancel);
                if ((int)answer.StatusCode is not (429 or 503))
                {
                    answer.EnsureSuccessStatusCode();
                    return;
                }
                throw new IOException($"{(int)answer.StatusCode}");
            }
            catch (Exception e) when (
                e is HttpRequestException { StatusCode: null } or IOException or TaskCanceledException && !cancel.IsCancellationRequested
                && MachineClock.Instance.GetElapsedTime(began) < PatienceMax)
            {
                await Task.Delay(Pause, MachineClock.Instance, cancel);
            }
    }
}
