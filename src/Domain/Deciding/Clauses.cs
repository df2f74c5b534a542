using System.Collections.Immutable;

namespace LStep.Domain.Deciding;

/// <summary>The clauses of a rule in the order they are written, each with what was observed.</summary>
static class Clauses
{
    public static ImmutableArray<ClauseView> Of<T>(Rule rule, T seen) where T : struct, IObserved
    {
        var views = ImmutableArray.CreateBuilder<ClauseView>();
        foreach (var (clause, turned) in Flat(rule.Conditions, turned: false)) views.Add(View(clause, seen, turned));
        return views.DrainToImmutable();
    }

    /// <summary>
    /// What is missing for a condition to be met: every unmet clause of an "all", the branch of an "any" that lacks least.
    /// </summary>
    public static ImmutableArray<ClauseView> Missing<T>(Condition condition, T seen, bool turned = false) where T : struct, IObserved
    {
        if (Conditions.IsMet(condition, seen, turned)) return [];
        return condition switch
        {
            Condition.Clause clause => [View(clause, seen, turned)],
            Condition.Not not => Missing(not.Part, seen, !turned),
            Condition.All all when !turned => [.. all.Parts.SelectMany(part => Missing(part, seen, turned))],
            Condition.Any any when turned => [.. any.Parts.SelectMany(part => Missing(part, seen, turned))],
            _ => Parts(condition).Select(part => Missing(part, seen, turned)).MinBy(missing => missing.Length),
        };
    }

    static ClauseView View<T>(Condition.Clause clause, T seen, bool turned) where T : struct, IObserved
    {
        var met = Conditions.IsMet(clause, seen, turned);
        return new ClauseView
        {
            Metric = ConditionJson.Name(clause),
            Operator = clause.Operator.Name(turned),
            Threshold = JsonText.Of(writer => ConditionJson.WriteThreshold(writer, clause)),
            Observed = clause.Trait is { } trait ? seen.Trait(trait) : seen.Value(clause.Metric),
            Met = met,
            Margin = met ? decimal.Round(Weight.MarginOf(clause, seen, turned), 6) : 0,
            Evidence = decimal.Round(Weight.EvidenceOf(clause, turned, seen.DaysObserved), 6),
        };
    }

    static ImmutableArray<Condition> Parts(Condition condition) => condition switch
    {
        Condition.All all => all.Parts,
        Condition.Any any => any.Parts,
        _ => [],
    };

    public static IEnumerable<(Condition.Clause Clause, bool Turned)> Flat(Condition condition, bool turned) => condition switch
    {
        Condition.Clause clause => [(clause, turned)],
        Condition.Not not => Flat(not.Part, !turned),
        _ => Parts(condition).SelectMany(part => Flat(part, turned)),
    };
}
