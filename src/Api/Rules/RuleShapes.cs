using System.Text.Json;
using LStep.Api.Http;
using LStep.Grains.Rules;

namespace LStep.Api.Rules;

public sealed record RuleRow(
    int Id, string Name, IReadOnlyList<string> From, string To, RawJson Conditions, int Priority, bool Automatic, bool RequiresApproval,
    bool UsualRhythm, RawJson Notification, bool Active)
{
    public static RuleRow Of(RuleRecord rule) => new(
        rule.Id, rule.Name, rule.From, rule.To, new RawJson(rule.Conditions), rule.Priority, rule.Automatic, rule.RequiresApproval,
        rule.UsualRhythm, new RawJson(rule.Notification), rule.Active);
}

public sealed record RuleSetRow(int Version, string Author, DateTimeOffset PublishedAt, string Comment, IReadOnlyList<RuleRow> Rules)
{
    public static RuleSetRow Of(RuleSetRecord set) =>
        new(set.Version, set.Author, set.PublishedAt, set.Comment, set.Rules.Select(RuleRow.Of).ToArray());
}

/// <summary>ChangedAt and ChangedBy are null while nobody has touched the flag.</summary>
public sealed record Flag(string Name, RawJson Value, DateTimeOffset? ChangedAt, string? ChangedBy);

/// <param name="Value">true or false; a whole number from 0 to 100 for rollout_percentage, a version or null for shadow_rules.</param>
public sealed record NewFlagValue(JsonElement? Value = null);
