using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Deciding;

namespace LStep.Domain.Rules;

/// <param name="Field">A member of the rule's JSON.</param>
/// <param name="Before">JSON.</param>
/// <param name="After">JSON.</param>
public sealed record RuleFieldChange(string Field, string Before, string After);

public sealed record ChangedRule(int Id, string Name, ImmutableArray<RuleFieldChange> Changes);

/// <summary>What became of one rule set on the way to another. A rule is known by its id.</summary>
public sealed record RuleSetDifference(ImmutableArray<Rule> Added, ImmutableArray<Rule> Removed, ImmutableArray<ChangedRule> Changed)
{
    public bool IsNone => Added.IsEmpty && Removed.IsEmpty && Changed.IsEmpty;

    public static RuleSetDifference Of(IEnumerable<Rule> before, IEnumerable<Rule> after)
    {
        var (old, now) = (before.ToDictionary(rule => rule.Id), after.OrderBy(rule => rule.Id).ToImmutableArray());
        var kept = now.Where(rule => old.ContainsKey(rule.Id));
        return new RuleSetDifference(
            [.. now.Where(rule => !old.ContainsKey(rule.Id))],
            [.. old.Values.ExceptBy(now.Select(rule => rule.Id), rule => rule.Id).OrderBy(rule => rule.Id)],
            [
                .. kept.Select(rule => new ChangedRule(rule.Id, rule.Name, Fields(old[rule.Id], rule)))
                    .Where(changed => !changed.Changes.IsEmpty),
            ]);
    }

    static ImmutableArray<RuleFieldChange> Fields(Rule before, Rule after)
    {
        using JsonDocument old = Json(before), now = Json(after);
        return
        [
            .. old.RootElement.EnumerateObject().Zip(now.RootElement.EnumerateObject())
                .Where(pair => !JsonElement.DeepEquals(pair.First.Value, pair.Second.Value))
                .Select(pair => new RuleFieldChange(pair.First.Name, pair.First.Value.GetRawText(), pair.Second.Value.GetRawText())),
        ];
    }

    static JsonDocument Json(Rule rule) => JsonDocument.Parse(JsonText.Of(json => RuleJson.Write(json, rule)));
}
