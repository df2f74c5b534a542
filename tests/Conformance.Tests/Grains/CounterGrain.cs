namespace LStep.Conformance;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    /// <summary>Reads, awaits, writes: loses updates if another call comes in between.</summary>
    Task AddSlowly();

    Task<int> Read();
}

public sealed class CounterGrain : Grain, ICounterGrain
{
    private int _count;

    public Task<int> Add(int amount) => Task.FromResult(_count += amount);

    public async Task AddSlowly()
    {
        var before = _count;
        await Task.Yield();
        await Task.Run(() => { });
        _count = before + 1;
    }

    public Task<int> Read() => Task.FromResult(_count);
}
