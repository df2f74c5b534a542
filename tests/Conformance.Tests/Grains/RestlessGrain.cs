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

/// <summary>Many callers, and every seventh call makes its grain leave.</summary>
internal static class Restlessness
{
    public const int Callers = 8, CallsOfEach = 250, Calls = Callers * CallsOfEach;

    /// <summary>The calls that were answered, those of each caller in its order.</summary>
    public static async Task<IReadOnlyList<string>> Rule(EngineHost host)
    {
        var grain = host.Grains.GetGrain<IRestlessGrain>("one");
        var answered = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var calls = new List<string>();
            for (var number = 0; number < CallsOfEach; number++)
                try
                {
                    await grain.Record($"{caller}/{number}", leave: number % 7 == 0);
                    calls.Add($"{caller}/{number}");
                }
                catch (OrleansException) { }
            return calls;
        })));
        return [.. answered.SelectMany(calls => calls)];
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

public interface IFleetingGrain : IGrainWithIntegerKey
{
    Task Ping();
}

public sealed class FleetingGrain(Witness witness) : Grain, IFleetingGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Ping()
    {
        witness.Say("served");
        return Task.CompletedTask;
    }
}
