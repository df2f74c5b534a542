using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace LStep.Cluster.Tests.Tls;

/// <summary>What an ordinary day asks of silos, one request after another at each of them, and what they answered.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentDictionary<HttpStatusCode, int> answers = new();
    private readonly Task work;
    private int sent;

    public Traffic(IEnumerable<LStepHost> hosts, string prefix) => work = Task.WhenAll(hosts.Select(host => Ask(host, prefix)));

    public int Answered => answers.Values.Sum();

    public int NotTaken => answers.Where(answer => answer.Key is not HttpStatusCode.OK).Sum(answer => answer.Value);

    public override string ToString() => string.Join(", ", answers.Select(answer => $"{answer.Value} × {(int)answer.Key}"));

    /// <summary>As many more have been answered.</summary>
    public Task GoesOn(int answersMore)
    {
        var from = Answered;
        return Signals.Until(() => work.IsFaulted || Answered - from >= answersMore).WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await work;
        ended.Dispose();
    }

    private async Task Ask(LStepHost host, string prefix)
    {
        while (!ended.IsCancellationRequested)
        {
            var id = $"{prefix}-{Interlocked.Increment(ref sent) % 40}";
            using var written = await host.Ingest.PostAsJsonAsync(
                "/v1/batch", new { batch = new[] { Messages.Track(id, "Feature Used", Wall.Now, new { featureId = "a" }) } });
            Count(written.StatusCode);
            using var read = await host.Client.GetAsync($"/api/customers/{id}");
            Count(read.StatusCode);
        }
    }

    private void Count(HttpStatusCode status) => answers.AddOrUpdate(status, 1, (_, before) => before + 1);
}
