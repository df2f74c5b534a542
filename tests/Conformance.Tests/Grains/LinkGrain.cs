using Orleans.Concurrency;

namespace LStep.Conformance;

public interface ILinkGrain : IGrainWithIntegerKey
{
    /// <summary>Asks the grain whose key is one less, down to 0.</summary>
    Task<int> Depth();

    /// <summary>Calls the first of these with the rest and says when it waits for it and when no more.</summary>
    Task Follow(params long[] path);
}

public sealed class LinkGrain(Witness witness) : Grain, ILinkGrain
{
    public async Task<int> Depth()
    {
        var key = this.GetPrimaryKeyLong();
        return key == 0 ? 0 : 1 + await GrainFactory.GetGrain<ILinkGrain>(key - 1).Depth();
    }

    public async Task Follow(params long[] path)
    {
        if (path.Length == 0) return;
        var following = GrainFactory.GetGrain<ILinkGrain>(path[0]).Follow(path[1..]);
        witness.Say($"{this.GetPrimaryKeyLong()} waits for {path[0]}");
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        witness.Say($"{this.GetPrimaryKeyLong()} waits no more for {path[0]}");
        await following;
    }
}

public interface IReentrantGrain : IGrainWithIntegerKey
{
    Task Hold(string name);

    Task Note(string what);

    /// <summary>Through another grain, back to this one.</summary>
    Task<int> ThereAndBack();

    Task<int> Answer();

    Task Count(int turns);

    Task<int> Counted();
}

[Reentrant]
public sealed class ReentrantGrain(Witness witness) : Grain, IReentrantGrain
{
    private int _counted;
    private int _turnsAtOnce;

    public Task Hold(string name) => witness.Hold(name);

    public Task Note(string what)
    {
        witness.Say(what);
        return Task.CompletedTask;
    }

    public Task<int> ThereAndBack() => GrainFactory.GetGrain<IMirrorGrain>("mirror").Ask(this.AsReference<IReentrantGrain>());

    public Task<int> Answer() => Task.FromResult(42);

    public async Task Count(int turns)
    {
        for (var i = 0; i < turns; i++)
        {
            if (++_turnsAtOnce != 1) throw new InvalidOperationException("two turns at once");
            _counted++;
            _turnsAtOnce--;
            await Task.Yield();
        }
    }

    public Task<int> Counted() => Task.FromResult(_counted);
}

public interface IMirrorGrain : IGrainWithStringKey
{
    Task<int> Ask(IReentrantGrain back);
}

public sealed class MirrorGrain : Grain, IMirrorGrain
{
    public Task<int> Ask(IReentrantGrain back) => back.Answer();
}
