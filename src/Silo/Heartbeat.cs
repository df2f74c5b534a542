using LStep.Grains;
using LStep.Grains.Time;

namespace LStep.Silo;

/// <summary>
/// Writes down that a process was at work, so that verify can tell what should have been done by then. The first beat
/// comes late: a process that just started is still making up for the time it was away.
/// </summary>
public sealed class Heartbeat(Settings settings, TimeProvider clock, ILogger<Heartbeat> log) : BackgroundService
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BeatEvery);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await settings.RememberAtWork(clock.Now(), stoppingToken);
            }
            catch (StorageUnavailableException e)
            {
                log.LogWarning("The heartbeat could not be written: {Message}", e.Message);
            }
    }
}
