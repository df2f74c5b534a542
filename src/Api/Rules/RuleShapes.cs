using System.Text.Json;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Rules;
using LStep.Grains.Rules;
using InputError = LStep.Api.Http.InputError;

namespace LStep.Api.Rules;

public sealed record RuleRow(
    int Id, string Name, IReadOnlyList<string> From, string To, RawJson Conditions, int Priority, bool Automatic, bool RequiresApproval,
    bool UsualRhythm, RawJson Notification, bool Active)
{
    /// <summary>Laid out as everything prints it: the database keeps the members of an object in an order of its own.</summary>
    public static RuleRow Of(RuleRecord rule) => Of(rule.Rule());

    public static RuleRow Of(Rule rule) => new(
        rule.Id, rule.Name, [.. rule.From.Select(tag => tag.Code())], rule.To.Code(), new RawJson(ConditionJson.Print(rule.Conditions)),
        rule.Priority, rule.Automatic, rule.RequiresApproval, rule.UsualRhythm, new RawJson(rule.Notification), rule.Active);
}

/// <param name="BatchId">The batch that looked at everybody again by these rules; null for version 1.</param>
public sealed record RuleSetRow(
    int Version, string Author, DateTimeOffset PublishedAt, string Comment, string? BatchId, IReadOnlyList<RuleRow> Rules)
{
    public static RuleSetRow Of(RuleSetRecord set) =>
        new(set.Version, set.Author, set.PublishedAt, set.Comment, set.BatchId, set.Rules.Select(RuleRow.Of).ToArray());
}

/// <summary>What became of one field of a rule, as JSON before and after.</summary>
public sealed record RuleFieldDifference(string Field, RawJson Before, RawJson After);

public sealed record RuleDifference(int Id, string Name, IReadOnlyList<RuleFieldDifference> Changes);

/// <param name="Against">The version that is compared with.</param>
public sealed record RuleSetDifferences(
    int Against, IReadOnlyList<RuleRow> Added, IReadOnlyList<RuleRow> Removed, IReadOnlyList<RuleDifference> Changed)
{
    public static RuleSetDifferences Of(RuleSetRecord before, RuleSetRecord after)
    {
        var difference = RuleSetDifference.Of(before.Rules.Select(rule => rule.Rule()), after.Rules.Select(rule => rule.Rule()));
        return new RuleSetDifferences(
            before.Version, [.. difference.Added.Select(RuleRow.Of)], [.. difference.Removed.Select(RuleRow.Of)],
            [.. difference.Changed.Select(Of)]);
    }

    private static RuleDifference Of(ChangedRule rule) => new(
        rule.Id, rule.Name,
        [.. rule.Changes.Select(change => new RuleFieldDifference(change.Field, new RawJson(change.Before), new RawJson(change.After)))]);
}

/// <param name="Difference">Null for version 1, unless another is asked for.</param>
public sealed record RuleSetVersion(
    int Version, string Author, DateTimeOffset PublishedAt, string Comment, string? BatchId, IReadOnlyList<RuleRow> Rules,
    RuleSetDifferences? Difference);

/// <param name="Rules">In the shape of GET; a rule without id is a new one.</param>
/// <param name="Comment">Why, for those who read the history.</param>
/// <param name="BaseVersion">The version that these rules were made from: somebody else's in between is a 409.</param>
public sealed record NewRuleSet(JsonElement? Rules = null, string? Comment = null, int? BaseVersion = null);

/// <param name="BatchId">The batch that looks at everybody again by these rules.</param>
/// <param name="Warnings">What stands against nothing, and may still be a slip.</param>
public sealed record PublishedRuleSet(
    int Version, string Author, DateTimeOffset PublishedAt, string Comment, string BatchId, IReadOnlyList<RuleRow> Rules,
    IReadOnlyList<InputError> Warnings);

/// <param name="Rules">In the shape of GET.</param>
public sealed record RulesToCheck(JsonElement? Rules = null);

/// <summary>Rules without errors could be published.</summary>
public sealed record RuleFindings(IReadOnlyList<InputError> Errors, IReadOnlyList<InputError> Warnings);

/// <summary>ChangedAt and ChangedBy are null while nobody has touched the flag.</summary>
public sealed record Flag(string Name, RawJson Value, DateTimeOffset? ChangedAt, string? ChangedBy);

/// <param name="Value">true or false; a whole number from 0 to 100 for rollout_percentage, a version or null for shadow_rules.</param>
public sealed record NewFlagValue(JsonElement? Value = null);
