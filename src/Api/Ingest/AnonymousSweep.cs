using LStep.Grains;
using LStep.Grains.Ingest;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LStep.Api.Ingest;

/// <summary>Makes up what a crash between a tie and its forwarding left behind, and forgets what was kept long enough.</summary>
public sealed class AnonymousSweep(
    AnonymousActivities anonymous, Forwarding forwarding, RejectedEvents rejected, TimeProvider clock,
    IHostApplicationLifetime lifetime, ILogger<AnonymousSweep> log)
    : RepeatedWork(TimeSpan.FromSeconds(SecondsBetweenSweeps), atOnce: true, "Events of newly known customers wait for the next sweep", log)
{
    private const int SecondsBetweenSweeps = 60;
    private const int SweepsBetweenPurges = 60;

    private int sweeps;

    protected override Task Ready(CancellationToken stopping) => Started(lifetime, stopping);

    protected override Task Once(CancellationToken stopping) => Sweep(purge: sweeps++ % SweepsBetweenPurges == 0, stopping);

    /// <summary>One round; what it finds waiting is forwarded when it returns.</summary>
    public async Task Sweep(bool purge, CancellationToken cancel)
    {
        for (var waiting = await anonymous.TiedIds("", cancel); waiting.Count > 0; waiting = await anonymous.TiedIds(waiting[^1], cancel))
            await forwarding.Forward(waiting, behindUnreadable: true);
        if (!purge) return;
        var now = IngestClock.Now(clock);
        await anonymous.Purge(now, cancel);
        await rejected.Purge(now, cancel);
    }
}
