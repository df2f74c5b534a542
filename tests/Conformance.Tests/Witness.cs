using System.Collections.Concurrent;

namespace LStep.Conformance;

/// <summary>What grains and tests tell each other past the engine: things said, gates to wait at, orders given.</summary>
public sealed class Witness
{
    /// <summary>Only a broken test waits that long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, bool> _orders = new();
    private readonly List<string> _log = [];
    private readonly List<(string What, int Times, TaskCompletionSource Reached)> _awaited = [];

    /// <summary>What was said, in order.</summary>
    public IReadOnlyList<string> Log
    {
        get { lock (_log) return [.. _log]; }
    }

    public int Count(string what) => Log.Count(said => said == what);

    public void Say(string what)
    {
        lock (_log)
        {
            _log.Add(what);
            var times = _log.Count(said => said == what);
            foreach (var awaited in _awaited)
                if (awaited.What == what && awaited.Times <= times) awaited.Reached.TrySetResult();
        }
    }

    /// <summary>Completes when this was said so many times.</summary>
    public Task Heard(string what, int times = 1)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_log)
        {
            if (_log.Count(said => said == what) >= times) return Task.CompletedTask;
            _awaited.Add((what, times, reached));
        }
        return reached.Task.WaitAsync(Patience);
    }

    /// <summary>In a grain: says "holding NAME", waits until the test opens that gate, says "released NAME".</summary>
    public async Task Hold(string name)
    {
        Say($"holding {name}");
        await Gate(name).Task;
        Say($"released {name}");
    }

    public void Open(string name) => Gate(name).TrySetResult();

    /// <summary>An order to the grains, until it is taken back.</summary>
    public void Order(string what, bool stands = true) => _orders[what] = stands;

    public bool Is(string ordered) => _orders.GetValueOrDefault(ordered);

    private TaskCompletionSource Gate(string name) =>
        _gates.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
