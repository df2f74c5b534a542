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
    public const int IdMax = 1_000_000_000;
    public const int NotificationCharsMax = 4_096;

    /// <summary>What is wrong with a list is told up to here; who has read that much mends it first.</summary>
    public const int ErrorsMax = 100;

    /// <summary>
    /// A list of rules as it would be published: everything wrong with it, or the rules. A rule without an id gets the next free one.
    /// </summary>
    /// <param name="idsUsed">The highest id that any rule ever had: a new one must not pass for an old one.</param>
    public static Parsed<ImmutableArray<Rule>> Parse(JsonElement json, string path = "rules", int idsUsed = 0)
    {
        var reader = new RuleReader();
        var rules = Read(json, path, idsUsed, reader);
        return reader.Errors.Count > 0 ? Failed([.. reader.Errors])
            : new Parsed<ImmutableArray<Rule>>.Ok([.. rules.Select(read => read.Rule)]);
    }

    /// <summary>The rules that could be read, each with its place in the list; what is wrong with the others is in the reader.</summary>
    internal static ImmutableArray<(int Index, Rule Rule)> Read(JsonElement json, string path, int idsUsed, RuleReader reader)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is 0 or > RulesMax)
        {
            reader.Errors.Add(new InputError(path, "not_a_list", $"This is a list of 1 to {RulesMax} rules."));
            return [];
        }
        if (ReadableTexts.WhereNot(json, path) is { } place)
        {
            reader.Errors.Add(new InputError(place, "bad_text", "A text here holds U+0000 or half a character."));
            return [];
        }
        var rules = ImmutableArray.CreateBuilder<(int Index, Rule Rule)>();
        foreach (var (index, item) in json.EnumerateArray().Index())
        {
            if (reader.Errors.Count >= ErrorsMax) break;
            if (reader.Read(item, $"{path}[{index}]") is { } rule) rules.Add((index, rule));
        }
        var next = rules.Select(read => read.Rule.Id).Append(idsUsed).Max();
        return [.. rules.Select(read => read.Rule.Id > 0 ? read : (read.Index, read.Rule with { Id = ++next }))];
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
