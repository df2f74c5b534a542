namespace LStep.Conformance;

public interface IRestlessGrain : IGrainWithStringKey
{
    Task Record(string what, bool leave);
}

/// <summary>Notices when two of its activations overlap.</summary>
public sealed class RestlessGrain(Witness witness) : Grain, IRestlessGrain, IDisposable
{
    private string Awake => $"awake: {this.GetPrimaryKeyString()}";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (witness.Is(Awake)) throw new InvalidOperationException("two activations at once");
        witness.Order(Awake);
        await Task.Yield();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        witness.Order(Awake, false);
    }

    public async Task Record(string what, bool leave)
    {
        if (leave) DeactivateOnIdle();
        await Task.Yield();
        witness.Say(what);
    }

    public void Dispose()
    {
        if (this.GetPrimaryKeyString() == "brief") witness.Say("disposed brief");
    }
}

public interface IUnbornGrain : IGrainWithIntegerKey
{
    Task Ping();
}

public sealed class UnbornGrain : Grain, IUnbornGrain
{
    public UnbornGrain() => throw new FormatException("never born");

    public Task Ping() => Task.CompletedTask;
}
