using System.Collections.Immutable;
using System.Text.Json;

namespace LStep.Domain.Deciding;

/// <summary>
/// Rules in the API's shape: {id, name, from: [], to, conditions, priority, automatic, requiresApproval, usualRhythm, notification,
/// active}.
/// </summary>
public static class RuleJson
{
    public const int RulesMax = 500;
    public const int NameCharsMax = 100;
    public const int PriorityMax = 1_000;

    /// <summary>
    /// A list of rules as it would be published: everything wrong with it, or the rules. A rule without an id gets the next free one.
    /// </summary>
    public static Parsed<ImmutableArray<Rule>> Parse(JsonElement json, string path = "rules")
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is 0 or > RulesMax)
            return Failed([new InputError(path, "not_a_list", $"This is a list of 1 to {RulesMax} rules.")]);
        var reader = new RuleReader();
        var rules = ImmutableArray.CreateBuilder<Rule>();
        var index = 0;
        foreach (var item in json.EnumerateArray())
            if (reader.Read(item, $"{path}[{index++}]") is { } rule) rules.Add(rule);
        if (reader.Errors.Count > 0) return Failed([.. reader.Errors]);
        var next = rules.Max(rule => rule.Id);
        return new Parsed<ImmutableArray<Rule>>.Ok([.. rules.Select(rule => rule.Id > 0 ? rule : rule with { Id = ++next })]);
    }

    public static Parsed<ImmutableArray<Rule>> Parse(string json, string path = "rules")
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement, path);
        }
        catch (JsonException)
        {
            return Failed([new InputError(path, "not_json", "This is not JSON.")]);
        }
    }

    public static string Print(IEnumerable<Rule> rules) => JsonText.Of(json =>
    {
        json.WriteStartArray();
        foreach (var rule in rules) Write(json, rule);
        json.WriteEndArray();
    });

    public static void Write(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        json.WriteNumber("id", rule.Id);
        json.WriteString("name", rule.Name);
        json.WriteStartArray("from");
        foreach (var tag in rule.From) json.WriteStringValue(tag.Code());
        json.WriteEndArray();
        json.WriteString("to", rule.To.Code());
        json.WritePropertyName("conditions");
        ConditionJson.Write(json, rule.Conditions);
        json.WriteNumber("priority", rule.Priority);
        json.WriteBoolean("automatic", rule.Automatic);
        json.WriteBoolean("requiresApproval", rule.RequiresApproval);
        json.WriteBoolean("usualRhythm", rule.UsualRhythm);
        json.WritePropertyName("notification");
        json.WriteRawValue(rule.Notification);
        json.WriteBoolean("active", rule.Active);
        json.WriteEndObject();
    }

    static Parsed<ImmutableArray<Rule>>.Failed Failed(ImmutableArray<InputError> errors) => new(errors);
}
