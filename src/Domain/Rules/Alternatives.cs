using System.Collections.Immutable;

namespace LStep.Domain.Rules;

/// <summary>The alternatives in which a tree of conditions can be met: of "all" every combination, of "any" each.</summary>
sealed class Alternatives
{
    /// <summary>Conditions with more are not looked into: nothing is claimed of them.</summary>
    public const int Max = 64;

    readonly List<ImmutableArray<Literal>> conflicts = [];
    readonly Effort effort;

    Alternatives(Condition condition, Effort effort)
    {
        this.effort = effort;
        Regions = Expand(condition, [Region.Everybody], turned: false) is { } found ? [.. found.Where(IsInOrder)] : null;
    }

    public static Alternatives Of(Condition condition, Effort effort) => new(condition, effort);

    /// <summary>Those that somebody can meet; null when there are too many to look at.</summary>
    public ImmutableArray<Region>? Regions { get; }

    /// <summary>Clauses that rule each other out, each as it was found.</summary>
    public IReadOnlyList<ImmutableArray<Literal>> Conflicts => conflicts;

    ImmutableArray<Region>? Expand(Condition condition, ImmutableArray<Region> within, bool turned) => condition switch
    {
        Condition.Clause clause => Each(within, new Literal(clause, turned)),
        Condition.Not not => Expand(not.Part, within, !turned),
        Condition.All all => turned ? Any(all.Parts, within, turned) : All(all.Parts, within, turned),
        Condition.Any any => turned ? All(any.Parts, within, turned) : Any(any.Parts, within, turned),
        _ => throw new InvalidOperationException("a closed set has grown"),
    };

    bool IsInOrder(Region region)
    {
        var broken = Orders.Broken(region);
        if (!broken.IsEmpty) conflicts.Add(broken);
        return broken.IsEmpty;
    }

    ImmutableArray<Region>? Each(ImmutableArray<Region> within, Literal literal)
    {
        if (!effort.Take(within.Length)) return null;
        var left = ImmutableArray.CreateBuilder<Region>(within.Length);
        foreach (var region in within)
        {
            if (region.And(literal, out var conflict) is { } some) left.Add(some);
            else if (conflicts.Count < Max) conflicts.Add(conflict);
        }
        return left.DrainToImmutable();
    }

    ImmutableArray<Region>? All(ImmutableArray<Condition> parts, ImmutableArray<Region> within, bool turned)
    {
        ImmutableArray<Region>? left = within;
        foreach (var part in parts)
            if (left is { } some) left = Expand(part, some, turned);
        return left;
    }

    ImmutableArray<Region>? Any(ImmutableArray<Condition> parts, ImmutableArray<Region> within, bool turned)
    {
        var left = ImmutableArray.CreateBuilder<Region>();
        foreach (var part in parts)
        {
            if (Expand(part, within, turned) is not { } some || left.Count + some.Length > Max) return null;
            left.AddRange(some);
        }
        return left.DrainToImmutable();
    }
}
