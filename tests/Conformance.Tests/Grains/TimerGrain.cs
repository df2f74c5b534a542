namespace LStep.Conformance;

public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Ticks say "NAME ticks"; with a gate they hold there after it.</summary>
    Task StartTimer(string name, TimeSpan due, TimeSpan period, bool interleave = false, bool keepAlive = false, string? gate = null);

    Task ChangeTimer(string name, TimeSpan due, TimeSpan period);

    Task StopTimer(string name);

    /// <summary>Each tick throws.</summary>
    Task StartFailingTimer(TimeSpan period);

    Task Hold(string name);

    Task Leave();
}

public sealed class TimerGrain(Witness witness) : Grain, ITimerGrain
{
    private readonly Dictionary<string, IGrainTimer> _timers = [];

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        witness.Say($"timers end: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task StartTimer(string name, TimeSpan due, TimeSpan period, bool interleave, bool keepAlive, string? gate)
    {
        _timers[name] = this.RegisterGrainTimer(Tick, (name, gate), new() { DueTime = due, Period = period, Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    private async Task Tick((string Name, string? Gate) timer, CancellationToken disposed)
    {
        witness.Say($"{timer.Name} ticks");
        if (timer.Gate is null) return;
        await using var _ = disposed.Register(() => witness.Say($"{timer.Name} is told to end"));
        await witness.Hold(timer.Gate);
    }

    public Task ChangeTimer(string name, TimeSpan due, TimeSpan period)
    {
        _timers[name].Change(due, period);
        return Task.CompletedTask;
    }

    public Task StopTimer(string name)
    {
        _timers[name].Dispose();
        return Task.CompletedTask;
    }

    public Task StartFailingTimer(TimeSpan period)
    {
        this.RegisterGrainTimer(() =>
        {
            witness.Say("fails");
            throw new FormatException("no tick");
        }, period, period);
        return Task.CompletedTask;
    }

    public Task Hold(string name) => witness.Hold(name);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
