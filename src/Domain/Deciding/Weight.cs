using System.Collections.Immutable;

namespace LStep.Domain.Deciding;

/// <summary>How much the clauses of a met condition prove: sums of evidence and margin over the clauses that count.</summary>
readonly record struct Weight(decimal Evidence, decimal Margin, int Clauses)
{
    public decimal MeanMargin => Clauses == 0 ? 0 : Margin / Clauses;

    public decimal Confidence => Clauses == 0 ? 0.70m
        : decimal.Round(0.70m + 0.15m * (Evidence + Margin) / Clauses, 3, MidpointRounding.AwayFromZero);

    /// <summary>Of a condition that is met: of "all" every clause counts, of "any" the met branch with the highest margin.</summary>
    public static Weight Of<T>(Condition condition, T seen, bool turned = false) where T : struct, IObserved => condition switch
    {
        Condition.Clause clause => new Weight(EvidenceOf(clause, turned, seen.DaysObserved), MarginOf(clause, seen, turned), 1),
        Condition.All all => turned ? Best(all.Parts, seen, turned) : Sum(all.Parts, seen, turned),
        Condition.Any any => turned ? Sum(any.Parts, seen, turned) : Best(any.Parts, seen, turned),
        Condition.Not not => Of(not.Part, seen, !turned),
        _ => throw new InvalidOperationException("a closed set has grown"),
    };

    static Weight Sum<T>(ImmutableArray<Condition> parts, T seen, bool turned) where T : struct, IObserved
    {
        var sum = default(Weight);
        foreach (var part in parts)
        {
            var weight = Of(part, seen, turned);
            sum = new Weight(sum.Evidence + weight.Evidence, sum.Margin + weight.Margin, sum.Clauses + weight.Clauses);
        }
        return sum;
    }

    static Weight Best<T>(ImmutableArray<Condition> parts, T seen, bool turned) where T : struct, IObserved
    {
        var best = default(Weight);
        foreach (var part in parts)
        {
            if (!Conditions.IsMet(part, seen, turned)) continue;
            var weight = Of(part, seen, turned);
            if (best.Clauses == 0 || weight.MeanMargin > best.MeanMargin) best = weight;
        }
        return best;
    }

    public static decimal EvidenceOf(Condition.Clause clause, bool turned, int daysObserved)
    {
        var op = turned ? clause.Operator.Turned() : clause.Operator;
        var needsTime = clause.Trait is null && op switch
        {
            Operator.LessThan or Operator.AtMost =>
                clause.Metric.Nature() is MetricNature.Count or MetricNature.Score or MetricNature.Change,
            Operator.AtLeast or Operator.MoreThan => clause.Metric.Nature() is MetricNature.DaysSince,
            _ => false,
        };
        return needsTime ? Math.Clamp(daysObserved / 7m, 0, 1) : 1;
    }

    public static decimal MarginOf<T>(Condition.Clause clause, T seen, bool turned) where T : struct, IObserved
    {
        if (clause.Operator is Operator.Equal or Operator.NotEqual or Operator.In or Operator.NotIn or Operator.Contains) return 1;
        if (clause.Trait is { } trait)
            return Conditions.Number(seen.Trait(trait)) is { } spelt ? MarginOf(clause, spelt, turned) : 0;
        return seen.TryNumber(clause.Metric, out var observed) ? MarginOf(clause, observed, turned) : 0;
    }

    public static decimal MarginOf(Condition.Clause clause, decimal observed, bool turned)
    {
        var (op, bounds) = (turned ? clause.Operator.Turned() : clause.Operator, clause.Threshold.Numbers);
        if (op is Operator.Equal or Operator.NotEqual or Operator.In or Operator.NotIn or Operator.Contains) return 1;
        if (op == Operator.Between) return Math.Min(Distance(observed, bounds[0]), Distance(observed, bounds[1]));
        var isNone = op == Operator.AtMost && bounds[0] == 0 && clause.Trait is null && clause.Metric.Nature() == MetricNature.Count;
        return isNone ? 1 : Distance(observed, bounds[0]);
    }

    /// <summary>How far from a bound, in units of what counts as far: a quarter of it, at least 1.</summary>
    static decimal Distance(decimal observed, decimal bound) =>
        Math.Min(1, Math.Abs(Math.Clamp(observed, -Farthest, Farthest) - bound) / Width(bound));

    /// <summary>A trait may be as large as a decimal: the difference to a bound would not fit any more.</summary>
    const decimal Farthest = 1e27m;

    public static decimal Width(decimal bound) => Math.Max(1, 0.25m * Math.Abs(bound));
}
