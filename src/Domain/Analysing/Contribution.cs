using System.Collections.Immutable;

namespace LStep.Domain.Analysing;

/// <summary>How often one thing is to be counted on one business day.</summary>
/// <param name="From">Null where it says nothing.</param>
public readonly record struct Contribution(Measure Measure, DateOnly Day, StatusTag? From, StatusTag? To, int Value, int Count)
{
    /// <summary>The order of every list: no two in it are equal but for their count.</summary>
    public static int Compare(Contribution one, Contribution other)
    {
        var order = one.Measure.CompareTo(other.Measure);
        if (order == 0) order = one.Day.CompareTo(other.Day);
        if (order == 0) order = Comparer<StatusTag?>.Default.Compare(one.From, other.From);
        if (order == 0) order = Comparer<StatusTag?>.Default.Compare(one.To, other.To);
        return order == 0 ? one.Value.CompareTo(other.Value) : order;
    }

    /// <summary>In order, what is counted alike in one, and nothing that is counted 0 times.</summary>
    public static ImmutableArray<Contribution> Sorted(IEnumerable<Contribution> contributions) =>
    [
        .. contributions.GroupBy(one => one with { Count = 0 }).Select(alike => alike.Key with { Count = alike.Sum(one => one.Count) })
            .Where(one => one.Count != 0).Order(Comparer<Contribution>.Create(Compare)),
    ];

    /// <summary>What has to be added to the old ones to make them the new ones. Both in order.</summary>
    public static ImmutableArray<Contribution> Difference(ImmutableArray<Contribution> old, ImmutableArray<Contribution> now)
    {
        var difference = ImmutableArray.CreateBuilder<Contribution>();
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            var order = i == old.Length ? 1 : j == now.Length ? -1 : Compare(old[i], now[j]);
            var one = order switch
            {
                < 0 => old[i] with { Count = -old[i].Count },
                > 0 => now[j],
                _ => now[j] with { Count = now[j].Count - old[i].Count },
            };
            if (one.Count != 0) difference.Add(one);
            if (order <= 0) i++;
            if (order >= 0) j++;
        }
        return difference.ToImmutable();
    }
}
