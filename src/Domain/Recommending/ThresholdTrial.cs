using System.Collections.Immutable;
using System.Globalization;
using LStep.Domain.Deciding;

namespace LStep.Domain.Recommending;

/// <summary>One number of one clause of a rule, made another.</summary>
public sealed record ThresholdChange(int RuleId, string Rule, string Metric, Operator Operator, decimal From, decimal To)
{
    /// <summary>Whether more customers meet the clause then.</summary>
    public bool Loosens => Operator is Operator.AtLeast or Operator.MoreThan ? To < From : To > From;

    public string Text => string.Create(
        CultureInfo.InvariantCulture, $"rule {RuleId}, “{Rule}”: {Metric} {Operator.Name()} {To} instead of {From}");
}

/// <summary>A set of rules that differs from the one in force in one or two thresholds.</summary>
public sealed record ThresholdTrial(ImmutableArray<ThresholdChange> Changes, ImmutableArray<Rule> Rules)
{
    /// <summary>Played over the history at once, beside the rules in force.</summary>
    public const int SinglesMax = 12, PairsMax = 4;

    static readonly ImmutableArray<decimal> Steps = [0.75m, 1.25m];

    /// <summary>Each threshold of the rules that raise an alarm, a quarter lower and a quarter higher; first rules first.</summary>
    public static ImmutableArray<ThresholdTrial> Singles(ImmutableArray<Rule> rules)
    {
        var trials = ImmutableArray.CreateBuilder<ThresholdTrial>();
        foreach (var rule in rules.Where(IsAlarm).OrderBy(rule => rule.Priority).ThenBy(rule => rule.Id))
            foreach (var clause in Clauses(rule.Conditions))
                foreach (var step in Steps)
                {
                    if (trials.Count == SinglesMax) return trials.ToImmutable();
                    if (Changed(rule, clause, step) is { } change) trials.Add(Of(rules, change));
                }
        return trials.ToImmutable();
    }

    /// <summary>Two changes of different clauses, together: one finds more, the other raises fewer alarms.</summary>
    public static ThresholdTrial Together(ImmutableArray<Rule> rules, ThresholdTrial one, ThresholdTrial other) =>
        Of(rules, [.. one.Changes, .. other.Changes]);

    static ThresholdTrial Of(ImmutableArray<Rule> rules, params ImmutableArray<ThresholdChange> changes)
    {
        var changed = rules;
        foreach (var change in changes)
            changed =
            [
                .. changed.Select(rule => rule.Id != change.RuleId ? rule : rule with { Conditions = With(rule.Conditions, change) }),
            ];
        return new ThresholdTrial(changes, changed);
    }

    static bool IsAlarm(Rule rule) =>
        rule.Active && rule.To == StatusTag.Declining && rule.From.Any(tag => tag.Category() == TagCategory.Learning);

    static ThresholdChange? Changed(Rule rule, Condition.Clause clause, decimal step)
    {
        var from = clause.Threshold.Numbers[0];
        var to = decimal.Round(from * step);
        // A quarter of a small number is none; the next whole one is meant then.
        if (to == from) to = step < 1 ? from - 1 : from + 1;
        return to < 0 != from < 0 || to == 0 ? null
            : new ThresholdChange(rule.Id, rule.Name, ConditionJson.Name(clause), clause.Operator, from, to);
    }

    /// <summary>
    /// Those that compare with one number above or below zero, and stand under no "not". What counts as a high value is no question of
    /// silence.
    /// </summary>
    static IEnumerable<Condition.Clause> Clauses(Condition condition) => condition switch
    {
        Condition.Clause clause when IsThreshold(clause) => [clause],
        Condition.All all => all.Parts.SelectMany(Clauses),
        Condition.Any any => any.Parts.SelectMany(Clauses),
        _ => [],
    };

    static bool IsThreshold(Condition.Clause clause) =>
        clause is { Trait: null, Operator: Operator.AtLeast or Operator.MoreThan or Operator.AtMost or Operator.LessThan }
        && clause.Metric is not (Metric.ChurnProbability or Metric.LtvValue) && clause.Threshold.Numbers is [not 0];

    static Condition With(Condition condition, ThresholdChange change) => condition switch
    {
        Condition.Clause clause when IsThreshold(clause) && ConditionJson.Name(clause) == change.Metric
            && clause.Operator == change.Operator && clause.Threshold.Numbers[0] == change.From =>
            clause with { Threshold = new Threshold([change.To], []) },
        Condition.All all => new Condition.All([.. all.Parts.Select(part => With(part, change))]),
        Condition.Any any => new Condition.Any([.. any.Parts.Select(part => With(part, change))]),
        _ => condition,
    };
}
