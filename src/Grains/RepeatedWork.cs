using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LStep.Grains;

/// <summary>
/// Work that a process repeats in the background for as long as it lives, in real seconds even under a simulated clock, which stands still
/// between two commands. A round that fails is told in the log; the next one comes in its time.
/// </summary>
/// <param name="every">From the beginning of one round to that of the next; a round that takes longer is followed at once.</param>
/// <param name="atOnce">The first round comes when the work begins, not one period later.</param>
/// <param name="whenItFails">What the log says of a round that failed; the reason follows.</param>
public abstract class RepeatedWork(TimeSpan every, bool atOnce, string whenItFails, ILogger log) : BackgroundService
{
    private readonly TroubleLines troubles = new();

    /// <summary>One round.</summary>
    protected abstract Task Once(CancellationToken stopping);

    /// <summary>What the first round waits for.</summary>
    protected virtual Task Ready(CancellationToken stopping) => Task.CompletedTask;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Ready(stoppingToken);
            using var timer = new PeriodicTimer(every);
            if (atOnce) await Round(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Round(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The process is stopping, and what breaks now breaks because of that.
        }
    }

    /// <summary>Grains answer once the host has started, not before.</summary>
    protected static async Task Started(IHostApplicationLifetime lifetime, CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stopping);
    }

    private async Task Round(CancellationToken stopping)
    {
        try
        {
            await Once(stopping);
            troubles.Went(log, whenItFails);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            troubles.Failed(log, whenItFails, e);
        }
    }
}
