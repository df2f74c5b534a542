using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Domain.Rules;

/// <summary>One clause as it counts: under a "not" it is turned round.</summary>
readonly record struct Literal(Condition.Clause Clause, bool Turned)
{
    public string Words
    {
        get
        {
            var clause = Clause;
            return $"{ConditionJson.Name(clause)} {clause.Operator.Name(Turned)} "
                + JsonText.Of(json => ConditionJson.WriteThreshold(json, clause));
        }
    }

    /// <summary>What is compared, and the values that it may have. Trait values are compared by their kind.</summary>
    public (string Subject, Allowed Allowed) Allows()
    {
        var (name, numbers) = (ConditionJson.Name(Clause), Clause.Threshold.Numbers);
        if (Clause.Trait is { } trait)
        {
            var key = ConditionJson.TraitPrefix + TraitNames.Key(trait);
            if (Clause.Operator == Operator.Contains) return ($"{key} {Words}", new Allowed.Itself());
            return numbers.IsEmpty
                ? ($"{key} as text", TextsOf(Clause.Threshold.Texts))
                : ($"{key} as number", Allowed.Numbers.Of(Turn(NumberSet.Of(Clause.Operator, numbers)), whole: false));
        }
        switch (Metrics.KindOf(Clause.Metric))
        {
            case MetricKind.Number:
                var possible = Turn(NumberSet.Of(Clause.Operator, numbers)).Intersect(MetricRanges.Of(Clause.Metric));
                return (name, Allowed.Numbers.Of(possible, MetricRanges.IsWhole(Clause.Metric)));
            case MetricKind.Text:
                var (turned, clause) = (Turned, Clause);
                return (name, Allowed.Texts.Of(
                    MetricRanges.Texts(clause.Metric).Where(text => Conditions.Holds(clause.Operator, text, clause.Threshold) != turned),
                    except: false));
            default:
                ImmutableHashSet<string> item = [Clause.Threshold.Texts[0]];
                return (name, Turned ? new Allowed.Items([], item) : new Allowed.Items(item, []));
        }
    }

    NumberSet Turn(NumberSet set) => Turned ? set.Complement() : set;

    Allowed.Texts TextsOf(ImmutableArray<string> texts) =>
        Allowed.Texts.Of(texts, except: Clause.Operator is Operator.NotEqual or Operator.NotIn != Turned);
}

/// <summary>
/// The customers that one conjunction of clauses lets through, metric by metric. Relations between metrics are not known here, so it may
/// hold customers that cannot be: who finds it empty, or within another, has proved it.
/// </summary>
sealed record Region(ImmutableDictionary<string, Allowed> Subjects, ImmutableDictionary<string, ImmutableArray<Literal>> Literals)
{
    public static Region Everybody { get; } = new(
        ImmutableDictionary<string, Allowed>.Empty.WithComparers(StringComparer.Ordinal),
        ImmutableDictionary<string, ImmutableArray<Literal>>.Empty.WithComparers(StringComparer.Ordinal));

    /// <summary>Null when nobody is left; then the clauses that cannot hold together.</summary>
    public Region? And(Literal literal, out ImmutableArray<Literal> conflict)
    {
        var (subject, allowed) = literal.Allows();
        var before = Literals.GetValueOrDefault(subject, []);
        if (Subjects.TryGetValue(subject, out var other)) allowed = allowed.And(other);
        conflict = allowed.IsEmpty ? [.. before, literal] : [];
        return allowed.IsEmpty ? null
            : new Region(Subjects.SetItem(subject, allowed), Literals.SetItem(subject, before.Add(literal)));
    }

    /// <summary>Null when nobody is left.</summary>
    public Region? And(Region other)
    {
        var (subjects, literals) = (Subjects, Literals);
        foreach (var (subject, theirs) in other.Subjects)
        {
            var allowed = subjects.TryGetValue(subject, out var ours) ? ours.And(theirs) : theirs;
            if (allowed.IsEmpty) return null;
            subjects = subjects.SetItem(subject, allowed);
            literals = literals.SetItem(subject, [.. literals.GetValueOrDefault(subject, []), .. other.Literals[subject]]);
        }
        return new Region(subjects, literals);
    }

    public Region Without(string subject) => new(Subjects.Remove(subject), Literals.Remove(subject));

    /// <summary>True only where everybody here is there.</summary>
    public bool IsWithin(Region other)
    {
        foreach (var (subject, theirs) in other.Subjects)
            if (Subjects.TryGetValue(subject, out var ours) ? !ours.IsWithin(theirs) : !IsEverything(subject, theirs)) return false;
        return true;
    }

    /// <summary>The other side asks for nothing that not every customer has.</summary>
    static bool IsEverything(string subject, Allowed allowed) =>
        Metrics.TryParse(subject, out var metric) && MetricRanges.IsAlwaysThere(metric) && allowed switch
        {
            Allowed.Numbers numbers => Allowed.Numbers.Of(MetricRanges.Of(metric), numbers.Whole).IsWithin(numbers),
            Allowed.Texts texts => Allowed.Texts.Of(MetricRanges.Texts(metric), except: false).IsWithin(texts),
            _ => false,
        };
}
