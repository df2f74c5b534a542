using System.Collections.Frozen;

namespace LStep.Grains.Events;

/// <summary>What operators decided about names of events, by key. It never changes; a newer one takes its place.</summary>
public sealed class DecidedNames
{
    private readonly FrozenDictionary<string, ActivityType>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly bool isEmpty;

    public DecidedNames(IReadOnlyCollection<KeyValuePair<string, ActivityType>> decided)
    {
        isEmpty = decided.Count == 0;
        lookup = decided.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static DecidedNames None { get; } = new([]);

    /// <summary>Null where nobody decided anything.</summary>
    public ActivityType? Find(ReadOnlySpan<char> key) => !isEmpty && lookup.TryGetValue(key, out var type) ? type : null;
}
