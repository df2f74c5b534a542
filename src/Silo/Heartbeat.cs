using LStep.Grains;
using LStep.Grains.Time;

namespace LStep.Silo;

/// <summary>
/// Writes down that a process was at work, so that verify can tell what should have been done by then. The first beat
/// comes late: a process that just started is still making up for the time it was away.
/// </summary>
public sealed class Heartbeat(Settings settings, TimeProvider clock, ILogger<Heartbeat> log)
    : RepeatedWork(TimeSpan.FromSeconds(BeatSeconds), atOnce: false, "The heartbeat could not be written", log)
{
    private const int BeatSeconds = 20;

    protected override Task Once(CancellationToken stopping) => settings.RememberAtWork(clock.Now(), stopping);
}
