namespace LStep.Conformance;

public interface IStringKeyGrain : IGrainWithStringKey
{
    Task<string> Key();

    Task<IStringKeyGrain> Myself();
}

public sealed class StringKeyGrain : Grain, IStringKeyGrain
{
    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<IStringKeyGrain> Myself() => Task.FromResult(this.AsReference<IStringKeyGrain>());
}

public interface IIntegerKeyGrain : IGrainWithIntegerKey
{
    Task<long> Key();
}

public sealed class IntegerKeyGrain : Grain, IIntegerKeyGrain
{
    public Task<long> Key() => Task.FromResult(this.GetPrimaryKeyLong());
}

public interface IGuidKeyGrain : IGrainWithGuidKey
{
    Task<Guid> Key();
}

public sealed class GuidKeyGrain : Grain, IGuidKeyGrain
{
    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}

public interface INamed : IGrainWithStringKey
{
    Task<string> Name();
}

public interface IRenamedGrain : INamed
{
    Task<string> ContextId();
}

/// <summary>Without the base class: an interface is all a grain needs.</summary>
[GrainType("renamed")]
public sealed class PlainGrain(IGrainContext context) : IGrainBase, IRenamedGrain
{
    public IGrainContext GrainContext => context;

    public Task<string> Name() => Task.FromResult($"named by {nameof(IRenamedGrain)}");

    public Task<string> ContextId() => Task.FromResult(context.GrainId.ToString());
}

public interface INobodysGrain : IGrainWithStringKey
{
    Task Ping();
}

public interface IAnimalGrain : IGrainWithStringKey
{
    Task<string> Sound();
}

public sealed class CatGrain : Grain, IAnimalGrain
{
    public Task<string> Sound() => Task.FromResult("miau");
}

public sealed class DogGrain : Grain, IAnimalGrain
{
    public Task<string> Sound() => Task.FromResult("wuff");
}

public interface IContextGrain : IGrainWithIntegerKey
{
    /// <summary>As the grain that is so many calls further knows it.</summary>
    Task<string?> Who();
}

public sealed class ContextGrain : Grain, IContextGrain
{
    public async Task<string?> Who()
    {
        if (this.GetPrimaryKeyLong() == 0)
        {
            var who = (string?)RequestContext.Get("who");
            RequestContext.Set("who", "nobody the caller should know");
            return who;
        }
        await Task.Yield();
        return await GrainFactory.GetGrain<IContextGrain>(this.GetPrimaryKeyLong() - 1).Who();
    }
}

[GenerateSerializer]
internal sealed record Hidden([property: Id(0)] int Number);

internal interface IHiddenGrain : IGrainWithStringKey
{
    Task<Hidden> Show(Hidden hidden);
}

internal sealed class HiddenGrain : Grain, IHiddenGrain
{
    public Task<Hidden> Show(Hidden hidden) => Task.FromResult(hidden);
}
