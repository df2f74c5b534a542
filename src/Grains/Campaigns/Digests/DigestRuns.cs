using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Campaigns.Digests;

/// <summary>Looks on every silo whether the mail of the morning is due.</summary>
public sealed class DigestRuns(DigestSending digests, SiloPhase phase, IHostApplicationLifetime lifetime, ILogger<DigestRuns> log)
    : RepeatedWork(TimeSpan.FromSeconds(10), atOnce: true, "The daily digest could not be sent, and is tried again", log)
{
    protected override Task Ready(CancellationToken stopping) => Started(lifetime, stopping);

    protected override Task Once(CancellationToken stopping) => phase.IsDraining ? Task.CompletedTask : digests.Send(stopping);
}
