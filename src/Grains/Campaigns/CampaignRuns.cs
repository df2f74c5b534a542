using LStep.Grains.Campaigns.Planning;
using LStep.Grains.Campaigns.Sending;
using LStep.Grains.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace LStep.Grains.Campaigns;

/// <summary>
/// Keeps campaigns going on every silo: wakes the grains of the tags that something waits for, and sends what is due. Under a simulated
/// clock it does what is due already; what becomes due on the way of a move is done by whoever moves the clock.
/// </summary>
public sealed class CampaignRuns(
    PostgresDatabase database, Planner planner, Dispatcher dispatcher, IGrainFactory grains, SiloPhase phase,
    IHostApplicationLifetime lifetime, ILogger<CampaignRuns> log)
    : RepeatedWork(
        TimeSpan.FromMilliseconds(EveryMs), atOnce: true, "Campaigns could not be planned or sent, and are tried again", log)
{
    private const int EveryMs = 500;

    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>
    /// Plans and sends everything that is due up to an instant, in the order of its due instants; nothing else may become due meanwhile.
    /// </summary>
    public async Task RunUntil(DateTimeOffset instant, CancellationToken cancel)
    {
        await oneAtATime.WaitAsync(cancel);
        try
        {
            await dispatcher.UntilIdle();
            while (true)
            {
                var (waits, next) = (await database.InBackground(
                    connection =>
                        connection.Rows("campaign_next_due", row => (row.GetBoolean(0), row.InstantOrNull(1)), cancel), cancel))[0];
                if (waits) await Plan(cancel);
                else if (!(next <= instant) || !await dispatcher.Leap(instant, cancel)) return;
            }
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>What is under way is finished and settled.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await dispatcher.UntilIdle().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        oneAtATime.Dispose();
        base.Dispose();
    }

    protected override Task Ready(CancellationToken stopping) => Started(lifetime, stopping);

    protected override async Task Once(CancellationToken stopping)
    {
        if (phase.IsDraining) return;
        await oneAtATime.WaitAsync(stopping);
        try
        {
            await Plan(stopping);
            await dispatcher.TakeUpAbandoned(stopping);
            await dispatcher.Begin(stopping);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private async Task Plan(CancellationToken cancel)
    {
        foreach (var tag in await planner.Waiting(cancel)) await grains.GetGrain<ICampaignGrain>(tag.Code()).Plan();
    }
}
