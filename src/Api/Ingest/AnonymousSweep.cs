using LStep.Grains;
using LStep.Grains.Ingest;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LStep.Api.Ingest;

/// <summary>Makes up what a crash between a tie and its forwarding left behind, and forgets what was kept long enough.</summary>
public sealed class AnonymousSweep(
    AnonymousActivities anonymous, Forwarding forwarding, RejectedEvents rejected, TimeProvider clock,
    IHostApplicationLifetime lifetime, ILogger<AnonymousSweep> log)
    : BackgroundService
{
    private const int SecondsBetweenSweeps = 60;
    private const int SweepsBetweenPurges = 60;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await Started(stoppingToken)) return;
        // In real seconds even under a simulated clock, which stands still between two commands.
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(SecondsBetweenSweeps));
        for (var sweep = 0; ; sweep++)
        {
            try
            {
                await Sweep(purge: sweep % SweepsBetweenPurges == 0, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "Events of newly known customers wait for the next sweep");
            }
            try
            {
                if (!await timer.WaitForNextTickAsync(stoppingToken)) return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>One round; what it finds waiting is forwarded when it returns.</summary>
    public async Task Sweep(bool purge, CancellationToken cancel)
    {
        while (await anonymous.TiedIds(cancel) is { Count: > 0 } waiting && await forwarding.Forward(waiting)) { }
        if (!purge) return;
        var now = IngestClock.Now(clock);
        await anonymous.Purge(now, cancel);
        await rejected.Purge(now, cancel);
    }

    /// <summary>Grains answer once the host has started, not before.</summary>
    private async Task<bool> Started(CancellationToken stopping)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStart = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        using var onStop = stopping.Register(() => started.TrySetResult(false));
        return await started.Task;
    }
}
