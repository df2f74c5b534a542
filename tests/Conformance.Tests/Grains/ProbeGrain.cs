using Orleans.Concurrency;

namespace LStep.Conformance;

/// <summary>Does what a test tells it and tells the test what happens to it.</summary>
public interface IProbeGrain : IGrainWithStringKey
{
    Task<int> Ping();

    /// <summary>Says "holding NAME", waits at the gate of that name, says "released NAME".</summary>
    Task Hold(string name);

    Task Note(string what);

    [AlwaysInterleave] Task Interleave(string what);

    [ReadOnly] Task HoldReading(string name);

    [ReadOnly] Task NoteReading(string what);

    Task HoldUntilCancelled(string name, CancellationToken cancellation);

    [AlwaysInterleave] Task PassUntilCancelled(string name, CancellationToken cancellation);

    [ResponseTimeout("00:00:04")] Task HoldImpatiently(string name);

    /// <summary>Number of this activation, counted over all of the grain.</summary>
    Task<int> Activation();

    /// <summary>DeactivateOnIdle, then go on holding if a name is given.</summary>
    Task Leave(string? hold = null);

    Task StayFor(TimeSpan time);
}

public sealed class ProbeGrain(Witness witness) : Grain, IProbeGrain
{
    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (witness.Is($"hold activation of {Key}")) await witness.Hold($"activation of {Key}");
        witness.Say($"activated {Key}");
        if (witness.Is($"fail activation of {Key}")) throw new FormatException("no such state");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        witness.Say($"deactivating {Key}: {reason.ReasonCode}");
        if (witness.Is($"hold deactivation of {Key}")) await witness.Hold($"deactivation of {Key}");
        if (witness.Is($"fail deactivation of {Key}")) throw new FormatException("cannot go");
        witness.Say($"deactivated {Key}");
    }

    public Task<int> Ping() => Task.FromResult(1);

    public Task Hold(string name) => witness.Hold(name);

    public Task Note(string what) => Say(what);

    public Task Interleave(string what) => Say(what);

    public Task HoldReading(string name) => witness.Hold(name);

    public Task NoteReading(string what) => Say(what);

    public async Task HoldUntilCancelled(string name, CancellationToken cancellation)
    {
        witness.Say($"holding {name}");
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellation.Register(cancelled.SetResult)) await cancelled.Task;
        witness.Say($"cancelled {name}");
        cancellation.ThrowIfCancellationRequested();
    }

    public Task PassUntilCancelled(string name, CancellationToken cancellation) => HoldUntilCancelled(name, cancellation);

    public Task HoldImpatiently(string name) => witness.Hold(name);

    public Task<int> Activation() => Task.FromResult(witness.Count($"activated {Key}"));

    public Task Leave(string? hold)
    {
        DeactivateOnIdle();
        return hold is null ? Task.CompletedTask : witness.Hold(hold);
    }

    public Task StayFor(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    private Task Say(string what)
    {
        witness.Say(what);
        return Task.CompletedTask;
    }
}
