using System.Collections.Immutable;
using System.Globalization;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <summary>
/// Whether conditions hold. A "not" is carried down to the clauses it turns round, so that a metric without a value
/// leaves its clause unmet on both sides of it.
/// </summary>
static class Conditions
{
    public static bool IsMet<T>(Condition condition, T seen, bool turned = false) where T : struct, IObserved => condition switch
    {
        Condition.Clause clause => IsMet(clause, seen, turned),
        Condition.All all => turned ? AnyMet(all.Parts, seen, turned) : AllMet(all.Parts, seen, turned),
        Condition.Any any => turned ? AllMet(any.Parts, seen, turned) : AnyMet(any.Parts, seen, turned),
        Condition.Not not => IsMet(not.Part, seen, !turned),
        _ => throw new InvalidOperationException("a closed set has grown"),
    };

    public static bool IsMet<T>(Condition.Clause clause, T seen, bool turned) where T : struct, IObserved
    {
        if (clause.Trait is { } trait) return Holds(clause, seen.Trait(trait)) is { } held && held != turned;
        return Metrics.KindOf(clause.Metric) switch
        {
            MetricKind.Number =>
                seen.TryNumber(clause.Metric, out var number) && Holds(clause.Operator, number, clause.Threshold) != turned,
            MetricKind.Text => seen.Text(clause.Metric) is { } text && Holds(clause.Operator, text, clause.Threshold) != turned,
            MetricKind.List => seen.Lists(clause.Metric, clause.Threshold.Texts[0]) != turned,
            _ => throw new InvalidOperationException("a closed set has grown"),
        };
    }

    static bool AllMet<T>(ImmutableArray<Condition> parts, T seen, bool turned) where T : struct, IObserved
    {
        foreach (var part in parts)
            if (!IsMet(part, seen, turned)) return false;
        return true;
    }

    static bool AnyMet<T>(ImmutableArray<Condition> parts, T seen, bool turned) where T : struct, IObserved
    {
        foreach (var part in parts)
            if (IsMet(part, seen, turned)) return true;
        return false;
    }

    public static bool Holds(Operator op, decimal observed, Threshold threshold) => op switch
    {
        Operator.AtLeast => observed >= threshold.Numbers[0],
        Operator.MoreThan => observed > threshold.Numbers[0],
        Operator.AtMost => observed <= threshold.Numbers[0],
        Operator.LessThan => observed < threshold.Numbers[0],
        Operator.Equal => observed == threshold.Numbers[0],
        Operator.NotEqual => observed != threshold.Numbers[0],
        Operator.In => threshold.Numbers.Contains(observed),
        Operator.NotIn => !threshold.Numbers.Contains(observed),
        Operator.Between => observed >= threshold.Numbers[0] && observed <= threshold.Numbers[1],
        _ => false,
    };

    public static bool Holds(Operator op, string observed, Threshold threshold) => op switch
    {
        Operator.Equal or Operator.In => Names(threshold, observed),
        Operator.NotEqual or Operator.NotIn => !Names(threshold, observed),
        Operator.Contains => observed.Contains(threshold.Texts[0], StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    static bool Names(Threshold threshold, string observed)
    {
        foreach (var text in threshold.Texts)
            if (string.Equals(text, observed, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>Null when the trait is missing or of a kind that cannot be compared so.</summary>
    static bool? Holds(Condition.Clause clause, MetricValue trait)
    {
        var (op, threshold) = (clause.Operator, clause.Threshold);
        if (trait.List is { } list)
            return op != Operator.Contains ? null : list.Contains(Item(threshold), StringComparer.OrdinalIgnoreCase);
        if (trait.Text is { } text && threshold.Numbers.IsEmpty) return Holds(op, text, threshold);
        if (op == Operator.Contains || threshold.Numbers.IsEmpty) return null;
        return Number(trait) is { } number ? Holds(op, number, threshold) : null;
    }

    static string Item(Threshold threshold) =>
        threshold.Texts.IsEmpty ? threshold.Numbers[0].ToString(CultureInfo.InvariantCulture) : threshold.Texts[0];

    /// <summary>A trait that came as text still compares as the number it spells.</summary>
    public static decimal? Number(MetricValue value) =>
        value.Number ?? (decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var spelt) ? spelt : null);
}
