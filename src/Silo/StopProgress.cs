using LStep.Api.Hub;
using LStep.Api.Ingest;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;

namespace LStep.Silo;

/// <summary>A stop that takes a while says every few seconds what it waits for, so that nobody takes it for dead.</summary>
internal sealed class StopProgress : IAsyncDisposable
{
    private readonly ILogger log;
    private readonly Func<string> left;
    private readonly CancellationTokenSource over = new();
    private readonly long began = Environment.TickCount64;
    private readonly Task telling;
    private string waitingFor = "";

    public StopProgress(IServiceProvider silo)
    {
        log = silo.GetRequiredService<ILoggerFactory>().CreateLogger("LStep.Stop");
        var (requests, clients) = (silo.GetRequiredService<RequestsInFlight>(), silo.GetRequiredService<HubClients>());
        var (journal, residents) = (silo.GetRequiredService<Journal>(), silo.GetRequiredService<Residents>());
        left = () => $"{requests.Taken} requests, {clients.Open} streams, {journal.Queued} steps to write, {residents.Count} customers";
        telling = Tell();
    }

    public void Begin(string what) => Volatile.Write(ref waitingFor, what);

    public void Say(string what) => log.LogWarning("Stopping for {Seconds} s: {What}", Seconds, what);

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await telling;
        over.Dispose();
    }

    private long Seconds => (Environment.TickCount64 - began) / 1_000;

    private async Task Tell()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(StopLimits.SignOfLifeSeconds));
        try
        {
            while (await timer.WaitForNextTickAsync(over.Token)) Say($"waiting for {waitingFor} ({left()} left)");
        }
        catch (OperationCanceledException)
        {
            // The stop is over.
        }
    }
}
