namespace LStep.Conformance;

public interface ICounterGrain : IGrainWithStringKey
{
    /// <summary>Reads, awaits, writes: loses updates if another call comes in between.</summary>
    Task AddSlowly();

    /// <summary>The same in several parts at once, awaited together.</summary>
    Task AddInParts(int parts);

    Task<int> Read();

    Task Append(int number);

    Task<int[]> Appended();

    /// <summary>Keeps the array it is given and hands out the array it keeps.</summary>
    Task<int[]> Keep(int[] numbers);

    Task<int> SumOfKept();

    /// <summary>Whether the code is on the grain's own scheduler: before, within and after Task.Run; within StartNew; after ConfigureAwait(false).</summary>
    Task<bool[]> WhereAmI();

    /// <summary>Waits off its scheduler, as a careless library would.</summary>
    Task HoldElsewhere(string name);
}

#pragma warning disable ORLEANS0014 // Orleans warns grains of ConfigureAwait(false); here is shown what it does.
public sealed class CounterGrain(Witness witness) : Grain, ICounterGrain
{
    private readonly List<int> _appended = [];
    private int[] _kept = [];
    private int _count;
    private int _turnsAtOnce;

    public async Task AddSlowly()
    {
        var before = _count;
        await Task.Yield();
        await Task.Run(() => { });
        _count = before + 1;
    }

    public Task AddInParts(int parts) => Task.WhenAll(Enumerable.Range(0, parts).Select(async _ =>
    {
        for (var i = 0; i < 20; i++)
        {
            await Task.Yield();
            if (++_turnsAtOnce != 1) throw new InvalidOperationException("two turns at once");
            _count++;
            _turnsAtOnce--;
        }
    }));

    public Task<int> Read() => Task.FromResult(_count);

    public Task Append(int number)
    {
        _appended.Add(number);
        return Task.CompletedTask;
    }

    public Task<int[]> Appended() => Task.FromResult(_appended.ToArray());

    public Task<int[]> Keep(int[] numbers) => Task.FromResult(_kept = numbers);

    public Task<int> SumOfKept() => Task.FromResult(_kept.Sum());

    public async Task<bool[]> WhereAmI()
    {
        var home = TaskScheduler.Current;
        bool AtHome() => TaskScheduler.Current == home && home != TaskScheduler.Default;
        var before = AtHome();
        var inRun = await Task.Run(AtHome);
        var after = AtHome();
        var inStartNew = await Task.Factory.StartNew(AtHome, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
        await Task.Run(() => { }).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return [before, inRun, after, inStartNew, AtHome()];
    }

    public async Task HoldElsewhere(string name) => await witness.Hold(name).ConfigureAwait(false);
}
