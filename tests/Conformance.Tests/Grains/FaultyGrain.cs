namespace LStep.Conformance;

[GenerateSerializer, Alias("conformance.odd")]
public sealed class OddException(string message, int number) : Exception(message)
{
    [Id(0)] public int Number { get; } = number;
}

public interface IFaultyGrain : IGrainWithIntegerKey
{
    Task Throw(string how);

    /// <summary>From as many grains further on.</summary>
    Task ThrowThrough(int grains);

    Task<int> Thrown();

    ValueTask<int> Half(int even);

    ValueTask Check(int even);
}

public sealed class FaultyGrain : Grain, IFaultyGrain
{
    private int _thrown;

    public Task Throw(string how)
    {
        _thrown++;
        var odd = new OddException($"odd {how}", 7);
        return how switch
        {
            "at once" => throw odd,
            "after an await" => ThrowLater(odd),
            _ => Task.FromException(odd),
        };
    }

    public static async Task ThrowLater(OddException odd)
    {
        await Task.Yield();
        throw odd;
    }

    public Task ThrowThrough(int grains) =>
        grains == 0 ? Throw("at once") : GrainFactory.GetGrain<IFaultyGrain>(this.GetPrimaryKeyLong() + 1).ThrowThrough(grains - 1);

    public Task<int> Thrown() => Task.FromResult(_thrown);

    public async ValueTask<int> Half(int even)
    {
        await Check(even);
        return even / 2;
    }

    public async ValueTask Check(int even)
    {
        await Task.Yield();
        if (even % 2 != 0) throw new OddException("odd", even);
    }
}
