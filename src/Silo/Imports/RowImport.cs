using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LStep.Api.Ingest;
using LStep.Grains;

namespace LStep.Silo.Imports;

/// <summary>One row or line of a file.</summary>
/// <param name="Message">A Segment message as JSON; null where the row is none.</param>
/// <param name="Reason">Why it is none; null also where it is not meant to become one.</param>
/// <param name="Original">The row as it stands in the file, perhaps cut.</param>
public sealed record FileRow(int Line, string? Message, string? Reason, string Original = "");

/// <param name="Known">Rows that changed nothing: they had been brought before.</param>
/// <param name="LeftOut">Rows that are not meant to become anything.</param>
public readonly record struct ImportSums(long Rows, long Taken, long Known, long Rejected, long LeftOut = 0);

/// <summary>
/// Brings the rows of a file through a server's import: nobody is sent a campaign for it, and a row that was brought before is known for
/// ever. Without a server the rows are only looked at.
/// </summary>
/// <param name="refused">Told of each row that is not taken, with a snake_case code and a sentence.</param>
/// <param name="progress">Told the sums now and then.</param>
public sealed class RowImport(
    HttpClient? server, string? writeKey, Action<FileRow, string, string> refused, Action<ImportSums> progress)
{
    private const int RowsPerRequestMax = 500;
    private const int CharsPerRequestMax = 1_000_000;
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly List<FileRow> waiting = [];
    private ImportSums sums;
    private int chars;

    public async Task<ImportSums> Run(IEnumerable<FileRow> rows, TimeProvider clock, CancellationToken cancel)
    {
        var reception = new Reception(clock.Now(), ActivityOrigin.Import, Simulated: false, Ids.Fresh);
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            sums = sums with { Rows = sums.Rows + 1 };
            if (row is { Message: null, Reason: null }) sums = sums with { LeftOut = sums.LeftOut + 1 };
            else if (row.Message is not { } message) Refuse(row, "unreadable_row", row.Reason!);
            else if (MessageParser.Parse(Encoding.UTF8.GetBytes(message), reception) is { Refusal: { } refusal })
                Refuse(row, refusal.Code, refusal.Message);
            else if (server is null) sums = sums with { Taken = sums.Taken + 1 };
            else await Add(row, cancel);
            progress(sums);
        }
        await Flush(cancel);
        return sums;
    }

    private void Refuse(FileRow row, string code, string reason)
    {
        sums = sums with { Rejected = sums.Rejected + 1 };
        refused(row, code, reason);
    }

    private async Task Add(FileRow row, CancellationToken cancel)
    {
        if (waiting.Count == RowsPerRequestMax || chars + row.Message!.Length > CharsPerRequestMax) await Flush(cancel);
        waiting.Add(row);
        chars += row.Message!.Length;
    }

    private async Task Flush(CancellationToken cancel)
    {
        if (waiting.Count == 0) return;
        var body = $"{{\"batch\":[{string.Join(',', waiting.Select(row => row.Message))}]}}";
        using var answer = await Post(body, cancel);
        using var items = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancel), cancellationToken: cancel);
        foreach (var item in items.RootElement.GetProperty("items").EnumerateArray())
        {
            var row = waiting[item.GetProperty("index").GetInt32()];
            var isTaken = item.GetProperty("status").GetInt32() == (int)HttpStatusCode.OK;
            if (!isTaken) Refuse(row, Text(item, "code"), Text(item, "message"));
            else if (item.TryGetProperty("duplicate", out _)) sums = sums with { Known = sums.Known + 1 };
            else sums = sums with { Taken = sums.Taken + 1 };
        }
        waiting.Clear();
        chars = 0;
        progress(sums);
    }

    /// <summary>Until it is taken: a server that is busy or starts again is waited for.</summary>
    private async Task<HttpResponseMessage> Post(string body, CancellationToken cancel)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/import?strict=1")
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                Headers = { Authorization = new AuthenticationHeaderValue(
                    "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(writeKey + ":"))) },
            };
            try
            {
                var answer = await server!.SendAsync(request, cancel);
                if (answer.IsSuccessStatusCode) return answer;
                using (answer)
                    if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
                        || waited > PatienceMax)
                        throw new InvalidDataException(
                            $"The server refused the import: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancel)}");
            }
            catch (HttpRequestException) when (waited <= PatienceMax)
            {
                // Away for a moment: the rows are known by their message ids and not counted twice.
            }
            await Task.Delay(Pause, cancel);
        }
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString() ?? "";
}
