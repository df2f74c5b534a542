using LStep.Grains.Customers;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Placement;
using Orleans.Runtime;

namespace LStep.Grains.Time;

/// <summary>
/// Keeps one shard of the population on time. A reminder per customer would not scale: Orleans re-reads every reminder of
/// its range every five minutes. So the shard's one reminder only keeps this grain awake, wherever the cluster places it,
/// and a timer asks the index on next_check_at who is due. Silos come and go, and a grain that is awake stays where it is: so it
/// goes to sleep now and then, and the next call wakes it where its hash lies among the silos there are by then.
/// </summary>
[HashBasedPlacement]
public sealed class EvaluationGrain(
    DueWork work, TimeProvider clock, SiloPhase phase, TroubleLines troubles, ILogger<EvaluationGrain> log)
    : Grain, IEvaluationGrain, IRemindable
{
    private static readonly TimeSpan WakeEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private const int LooksBeforeMoving = 60;
    private const string WhenItFails = "A shard could not finish looking for who is due, and looks again";

    private bool reminded;
    private int looks;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var shard = this.GetPrimaryKeyLong();
        // Spread over the period, so that 64 shards do not ask at the same instant.
        var first = LookEvery * (shard + 1) / Shards.Count;
        this.RegisterGrainTimer(Look, new GrainTimerCreationOptions(first, LookEvery) { KeepAlive = true, Interleave = true });
        return Task.CompletedTask;
    }

    public async Task Start()
    {
        if (reminded) return;
        await this.RegisterOrUpdateReminder("wake", WakeEvery, WakeEvery);
        reminded = true;
    }

    /// <summary>Being called is all: activation starts the timer.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    private async Task Look(CancellationToken cancel)
    {
        if (phase.IsDraining) return; // another process takes the shard on; nothing new is claimed here
        var shards = ShardRange.One(this.GetPrimaryKeyLong());
        try
        {
            await work.RunDue(shards, clock.Now(), reach: null, cancel);
            await work.RunRequested(shards, cancel);
            troubles.Went(log, WhenItFails);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            troubles.Failed(log, WhenItFails, e);
        }
        if (++looks >= LooksBeforeMoving) DeactivateOnIdle();
    }
}
