using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace LStep.Grains.Cluster;

/// <summary>Ends a silo whose database was taken by another one that cannot live beside it, while PostgreSQL was away.</summary>
internal sealed class ClaimKeeper(DatabaseClaim claim, IFatalErrorHandler fatal) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        fatal.OnFatalException(this, await claim.Keep(stoppingToken), null);
}
