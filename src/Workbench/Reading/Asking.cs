using System.Diagnostics;
using LStep.Workbench.Bench;

namespace LStep.Workbench.Reading;

/// <summary>One question after the other, each until its answer has been read to the end.</summary>
internal static class Asking
{
    private const int Warming = 3;

    /// <summary>A question under its addresses in turn, after a few calls that nobody counts.</summary>
    public static async Task Measure(
        HttpClient http, string name, IReadOnlyList<string> paths, int calls, Report report, CancellationToken cancel)
    {
        var took = new List<double>();
        for (var call = -Warming; call < calls; call++)
        {
            var started = Stopwatch.GetTimestamp();
            await Answer(http, paths[(call + Warming) % paths.Count], cancel);
            if (call >= 0) took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        var latencies = new Latencies(took);
        report.Add($"{name}: p50, p95, slowest (ms)", $"{latencies.At(0.5):0}, {latencies.At(0.95):0}, {latencies.Slowest:0}");
    }

    public static async Task Answer(HttpClient http, string path, CancellationToken cancel)
    {
        using var answer = await http.GetAsync(path, cancel);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(
                $"{path} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancel)}");
        await answer.Content.ReadAsByteArrayAsync(cancel);
    }
}
