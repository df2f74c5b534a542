namespace LStep.Conformance;

/// <summary>What Orleans' own analyzers and generator refuse while compiling, the embedded engine refuses in a sentence.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(typeof(IVoidGrain))]
    [InlineData(typeof(IStreamingGrain))]
    [InlineData(typeof(IGenericMethodGrain))]
    [InlineData(typeof(IByReferenceGrain))]
    public async Task A_method_it_cannot_call_is_refused_by_name(Type grainInterface)
    {
        await using var host = await EngineHost.Start();

        var refused = Assert.Throws<NotSupportedException>(() => host.Grains.GetGrain(grainInterface, "one"));

        Assert.Contains($"{grainInterface.Name}.Odd", refused.Message, StringComparison.Ordinal);
    }
}

public interface IVoidGrain : IGrainWithStringKey
{
    void Odd();
}

public interface IStreamingGrain : IGrainWithStringKey
{
    IAsyncEnumerable<int> Odd();
}

public interface IGenericMethodGrain : IGrainWithStringKey
{
    Task<T> Odd<T>(T value);
}

public interface IByReferenceGrain : IGrainWithStringKey
{
    Task Odd(ref int value);
}

internal sealed class OddGrain : Grain, IVoidGrain, IStreamingGrain, IGenericMethodGrain, IByReferenceGrain
{
    void IVoidGrain.Odd() { }

    IAsyncEnumerable<int> IStreamingGrain.Odd() => throw new NotSupportedException();

    Task<T> IGenericMethodGrain.Odd<T>(T value) => Task.FromResult(value);

    Task IByReferenceGrain.Odd(ref int value) => Task.CompletedTask;
}
