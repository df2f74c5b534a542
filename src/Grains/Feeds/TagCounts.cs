using System.Collections.Immutable;

namespace LStep.Grains.Feeds;

/// <summary>Customers per tag as of a ledger id: the same figure that counting the states in that instant would give.</summary>
public sealed record TagCounts(long AsOf, ImmutableSortedDictionary<StatusTag, long> Counts)
{
    public static TagCounts Of(long asOf, IEnumerable<KeyValuePair<StatusTag, long>> counted)
    {
        var counts = StatusTags.All.ToImmutableSortedDictionary(tag => tag, _ => 0L).SetItems(counted);
        return new TagCounts(asOf, counts);
    }

    /// <summary>Follows the ledger; rows that were counted already change nothing.</summary>
    public TagCounts After(IReadOnlyList<Transition> transitions)
    {
        var counts = Counts.ToBuilder();
        var asOf = AsOf;
        foreach (var transition in transitions)
        {
            if (transition.Id <= AsOf) continue;
            if (transition.From is { } from) counts[from]--;
            counts[transition.To]++;
            asOf = transition.Id;
        }
        return new TagCounts(asOf, counts.ToImmutable());
    }

    public bool SameFigures(TagCounts? other) => other is not null && Counts.SequenceEqual(other.Counts);
}
