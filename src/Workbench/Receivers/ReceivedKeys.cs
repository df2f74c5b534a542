using System.Collections.Concurrent;

namespace LStep.Workbench.Receivers;

/// <summary>What came to receivers outside of the silos, counted by the key of its action, whichever way it came.</summary>
public sealed class ReceivedKeys
{
    private readonly ConcurrentDictionary<Guid, int> times = new();

    /// <summary>Each counted once.</summary>
    public int Count => times.Count;

    public bool Has(Guid key) => times.ContainsKey(key);

    public IReadOnlyCollection<Guid> Keys => [.. times.Keys];

    public IReadOnlyList<(Guid Key, int Times)> Repeated => [.. times.Where(one => one.Value > 1).Select(one => (one.Key, one.Value))];

    public void Add(Guid key) => times.AddOrUpdate(key, 1, (_, before) => before + 1);
}
