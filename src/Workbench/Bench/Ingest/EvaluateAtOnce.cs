using System.Diagnostics;
using System.Net.Http.Headers;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Bench.Ingest;

/// <summary>Many people ask for an evaluation in the same moment.</summary>
internal sealed class EvaluateAtOnce(SiloUnderTest silo, Report report)
{
    private const int Evaluations = 500;

    public async Task Run(CancellationToken cancel)
    {
        report.Begin($"{Evaluations} evaluations at once");
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Evaluations })
        {
            BaseAddress = silo.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", SiloProcess.AdminToken) },
        };
        var answered = 0;
        var took = await Task.WhenAll(Enumerable.Range(0, Evaluations).Select(async customer =>
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsync($"/api/customers/{BenchLoad.Customer(customer)}/evaluation", null, cancel);
            if (answer.IsSuccessStatusCode) Interlocked.Increment(ref answered);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }));
        report.Add($"{Evaluations} evaluations at once: answered", answered);
        report.Add("  errors", Evaluations - answered);
        report.Add("  slowest (ms)", new Latencies(took).Slowest);
    }
}
