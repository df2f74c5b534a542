using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Domain.Rules;

/// <summary>Each clause by itself: what it compares with has to be something that its metric can be.</summary>
static class ClauseCheck
{
    public const int ValuesMax = 100;
    public const int TextCharsMax = 256;

    public static void Run(Condition conditions, Dictionary<Condition.Clause, string> places, Findings findings)
    {
        foreach (var (clause, turned) in Clauses.Flat(conditions, turned: false))
            if (places.TryGetValue(clause, out var place)) Look(clause, turned, place, findings);
    }

    static void Look(Condition.Clause clause, bool turned, string place, Findings findings)
    {
        var (numbers, texts) = (clause.Threshold.Numbers, clause.Threshold.Texts);
        if (numbers.Length + texts.Length > ValuesMax)
            findings.Fail(place, "too_many_values", $"A list has at most {ValuesMax} values.");
        else if (numbers.Length > 0 && texts.Length > 0)
            findings.Fail(place, "wrong_type", "A list holds numbers or texts, not both.");
        else if (texts.Append(clause.Trait ?? "").Any(text => text.Length > TextCharsMax))
            findings.Fail(place, "text_too_long", $"A text has at most {TextCharsMax} characters.");
        else if (clause.Trait is null && texts.IsEmpty) Range(clause, turned, place, findings);
        else if (clause.Trait is null) Names(clause, place, findings);
    }

    static void Range(Condition.Clause clause, bool turned, string place, Findings findings)
    {
        var (isWhole, range) = (MetricRanges.IsWhole(clause.Metric), MetricRanges.Of(clause.Metric));
        var possible = Allowed.Numbers.Of(range, isWhole);
        var asked = Allowed.Numbers.Of(NumberSet.Of(clause.Operator, clause.Threshold.Numbers), isWhole);
        var name = Metrics.Name(clause.Metric);
        var always = possible.IsWithin(asked);
        if (asked.And(possible).IsEmpty || (always && turned))
            findings.Fail(
                place, "impossible_range",
                $"'{new Literal(clause, turned).Words}' can never be met: {name} is {(isWhole ? "a whole number " : "")}"
                    + $"{MetricRanges.Words(clause.Metric)}.");
        else if (always && MetricRanges.IsAlwaysThere(clause.Metric))
            findings.Warn(
                place, "always_met",
                $"'{new Literal(clause, turned).Words}' is always met: {name} is {MetricRanges.Words(clause.Metric)}.");
        else Outside(clause, possible, place, findings);
    }

    /// <summary>Single values of a list that the metric cannot have.</summary>
    static void Outside(Condition.Clause clause, Allowed.Numbers possible, string place, Findings findings)
    {
        if (clause.Operator is not (Operator.Equal or Operator.NotEqual or Operator.In or Operator.NotIn)) return;
        foreach (var number in clause.Threshold.Numbers)
            if (Allowed.Numbers.Of(NumberSet.Between(number, number), possible.Whole).And(possible).IsEmpty)
                findings.Warn(place, "outside_range", $"{Metrics.Name(clause.Metric)} is never {number}.");
    }

    static void Names(Condition.Clause clause, string place, Findings findings)
    {
        var known = MetricRanges.Texts(clause.Metric);
        if (clause.Operator == Operator.Contains && Metrics.KindOf(clause.Metric) == MetricKind.Text)
        {
            if (!known.Any(text => Conditions.Holds(clause.Operator, text, clause.Threshold)))
                findings.Fail(place, "unknown_value", $"{Metrics.Name(clause.Metric)} is one of {string.Join(", ", known)}.");
            return;
        }
        var comparer = Metrics.KindOf(clause.Metric) == MetricKind.List ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        foreach (var text in clause.Threshold.Texts)
            if (!known.Contains(text, comparer))
                findings.Fail(
                    place, "unknown_value",
                    $"'{Nearest.Cut(text)}' is no value of {Metrics.Name(clause.Metric)}: it is one of {string.Join(", ", known)}."
                        + Nearest.Question(text, known));
    }
}
