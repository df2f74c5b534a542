using System.Collections.Immutable;
using LStep.Domain.Deciding;

namespace LStep.Domain.Rules;

/// <summary>Numbers between two bounds; the ends of decimal stand for no bound.</summary>
readonly record struct Interval(decimal Low, bool LowOpen, decimal High, bool HighOpen)
{
    public static Interval All { get; } = new(decimal.MinValue, false, decimal.MaxValue, false);

    public bool IsEmpty => Low > High || (Low == High && (LowOpen || HighOpen));

    public Interval Intersect(Interval other) => new(
        Math.Max(Low, other.Low), Low > other.Low ? LowOpen : Low < other.Low ? other.LowOpen : LowOpen || other.LowOpen,
        Math.Min(High, other.High), High < other.High ? HighOpen : High > other.High ? other.HighOpen : HighOpen || other.HighOpen);

    /// <summary>The whole numbers of it, as a closed interval.</summary>
    public Interval Whole()
    {
        var low = decimal.Ceiling(Low);
        var high = decimal.Floor(High);
        return new Interval(
            LowOpen && low == Low ? low + 1 : low, false, HighOpen && high == High ? high - 1 : high, false);
    }
}

/// <summary>Numbers that conditions allow: disjoint intervals, ascending.</summary>
sealed record NumberSet(ImmutableArray<Interval> Parts)
{
    public static NumberSet All { get; } = new([Interval.All]);

    public bool IsEmpty => Parts.IsEmpty;

    public static NumberSet Between(decimal low, decimal high) => new([new Interval(low, false, high, false)]);

    /// <summary>What a comparison is met by.</summary>
    public static NumberSet Of(Operator op, ImmutableArray<decimal> bounds) => op switch
    {
        Operator.AtLeast => new([Interval.All with { Low = bounds[0] }]),
        Operator.MoreThan => new([Interval.All with { Low = bounds[0], LowOpen = true }]),
        Operator.AtMost => new([Interval.All with { High = bounds[0] }]),
        Operator.LessThan => new([Interval.All with { High = bounds[0], HighOpen = true }]),
        Operator.Between => Between(bounds[0], bounds[1]),
        Operator.Equal or Operator.In => new([.. bounds.Distinct().Order().Select(number => new Interval(number, false, number, false))]),
        Operator.NotEqual or Operator.NotIn => Of(Operator.In, bounds).Complement(),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "no comparison of numbers"),
    };

    public NumberSet Complement()
    {
        var gaps = ImmutableArray.CreateBuilder<Interval>();
        var rest = Interval.All;
        foreach (var part in Parts)
        {
            if (part.Low > decimal.MinValue) Add(gaps, rest with { High = part.Low, HighOpen = !part.LowOpen });
            rest = Interval.All with { Low = part.High, LowOpen = !part.HighOpen };
        }
        if (rest.Low < decimal.MaxValue) Add(gaps, rest);
        return new NumberSet(gaps.DrainToImmutable());
    }

    public NumberSet Intersect(NumberSet other)
    {
        var parts = ImmutableArray.CreateBuilder<Interval>();
        foreach (var part in Parts)
            foreach (var with in other.Parts) Add(parts, part.Intersect(with));
        return new NumberSet(parts.DrainToImmutable());
    }

    public NumberSet Whole() => new([.. Parts.Select(part => part.Whole()).Where(part => !part.IsEmpty)]);

    static void Add(ImmutableArray<Interval>.Builder parts, Interval part)
    {
        if (!part.IsEmpty) parts.Add(part);
    }
}
