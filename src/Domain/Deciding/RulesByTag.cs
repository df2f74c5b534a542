using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace LStep.Domain.Deciding;

/// <summary>The active rules of each tag, by priority and then id. Made once for a rule set and kept beside it.</summary>
sealed class RulesByTag
{
    static readonly ConditionalWeakTable<RuleSet, RulesByTag> Known = [];

    readonly Rule[][] byTag = new Rule[StatusTags.All.Count + 1][];

    public RulesByTag(ImmutableArray<Rule> rules)
    {
        byTag[0] = [];
        foreach (var tag in StatusTags.All)
            byTag[(int)tag] = [
                .. rules.Where(rule => rule.Active && rule.From.Contains(tag)).OrderBy(rule => rule.Priority).ThenBy(rule => rule.Id)];
    }

    public static RulesByTag Of(RuleSet rules) => Known.GetValue(rules, static set => new RulesByTag(set.Rules));

    public Rule[] From(StatusTag tag) => byTag[(int)tag];
}
