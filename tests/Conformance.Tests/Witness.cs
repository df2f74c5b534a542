using System.Collections.Concurrent;

namespace LStep.Conformance;

/// <summary>What grains and tests tell each other past the engine: named gates a test opens, named events it waits for.</summary>
public sealed class Witness
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly List<(Func<IReadOnlyCollection<string>, bool> Holds, TaskCompletionSource Reached)> _awaited = [];

    /// <summary>What was said, in order.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public int Count(string said) => _log.Count(line => line == said);

    public void Say(string what)
    {
        lock (_awaited)
        {
            _log.Enqueue(what);
            foreach (var (holds, reached) in _awaited)
                if (holds(_log)) reached.TrySetResult();
        }
    }

    /// <summary>Completes when this was said so many times.</summary>
    public Task Heard(string what, int times = 1)
    {
        lock (_awaited)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            bool Holds(IReadOnlyCollection<string> log) => log.Count(line => line == what) >= times;
            if (Holds(_log)) return Task.CompletedTask;
            _awaited.Add((Holds, reached));
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    /// <summary>Waits at a gate, inside a grain; passes once it is open.</summary>
    public Task Pass(string gate) => Gate(gate).Task;

    public void Open(string gate) => Gate(gate).TrySetResult();

    private TaskCompletionSource Gate(string name) =>
        _gates.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
