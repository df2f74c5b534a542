namespace LStep.Grains.Events;

/// <summary>What was counted of a name between two writes.</summary>
/// <param name="name">The spelling first seen.</param>
public sealed class EventCount(string key, string name, DateTimeOffset seenAt)
{
    public string Key { get; } = key;

    public string Name { get; } = name;

    public long Count { get; private set; }

    public DateTimeOffset FirstSeenAt { get; private set; } = seenAt;

    public DateTimeOffset LastSeenAt { get; private set; } = seenAt;

    internal void Add(long count, DateTimeOffset first, DateTimeOffset last)
    {
        Count += count;
        if (first < FirstSeenAt) FirstSeenAt = first;
        if (last > LastSeenAt) LastSeenAt = last;
    }
}

/// <summary>Counts names in memory until they are written: an event costs a look into a dictionary, never a statement.</summary>
public sealed class EventCounts
{
    /// <summary>The key, and the name, of all that has no row of its own.</summary>
    public const string Others = "";

    private readonly Lock gate = new();
    private Dictionary<string, EventCount> counts = new(StringComparer.Ordinal);

    public void Add(ReadOnlySpan<char> key, ReadOnlySpan<char> name, DateTimeOffset seenAt)
    {
        lock (gate) Of(key, name, seenAt).Add(1, seenAt, seenAt);
    }

    /// <summary>Those of a write that failed.</summary>
    public void GiveBack(IEnumerable<EventCount> taken)
    {
        lock (gate)
            foreach (var one in taken)
                Of(one.Key, one.Name, one.FirstSeenAt).Add(one.Count, one.FirstSeenAt, one.LastSeenAt);
    }

    /// <summary>What was counted since the last time; whoever takes it writes it or gives it back.</summary>
    public EventCount[] Take()
    {
        lock (gate)
        {
            if (counts.Count == 0) return [];
            EventCount[] taken = [.. counts.Values];
            counts = new(StringComparer.Ordinal);
            return taken;
        }
    }

    private EventCount Of(ReadOnlySpan<char> key, ReadOnlySpan<char> name, DateTimeOffset seenAt)
    {
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(key, out var known)) return known;
        var isNamed = counts.Count < EventLimits.NamesCountedMax;
        if (!isNamed && counts.TryGetValue(Others, out known)) return known;
        known = isNamed ? new EventCount(key.ToString(), name.ToString(), seenAt) : new EventCount(Others, Others, seenAt);
        return counts[known.Key] = known;
    }
}
