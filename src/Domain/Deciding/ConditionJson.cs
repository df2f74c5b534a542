using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <summary>
/// Conditions as JSON: {"metric": {"operator": ">=", "value": 2}, …} means all of them; {"all": […]}, {"any": […]} and {"not": …} nest.
/// A bare value in place of an operator and a value means "==".
/// </summary>
public static class ConditionJson
{
    public const string TraitPrefix = "traits.";
    public const int DepthMax = 8;
    public const int ClausesMax = 100;

    /// <summary>Far beyond what anything here counts; sums and differences of such numbers still fit.</summary>
    public const decimal NumberMax = 1_000_000_000_000m;

    public static Parsed<Condition> Parse(string json, string path = "conditions")
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement, path);
        }
        catch (JsonException)
        {
            return new Parsed<Condition>.Failed([new InputError(path, "not_json", "This is not JSON.")]);
        }
    }

    public static Parsed<Condition> Parse(JsonElement json, string path = "conditions")
    {
        var reader = new ConditionReader();
        var condition = reader.Read(json, path, depth: 1);
        return condition is not null && reader.Errors.Count == 0
            ? new Parsed<Condition>.Ok(condition)
            : new Parsed<Condition>.Failed([.. reader.Errors]);
    }

    public static string Print(Condition condition) => JsonText.Of(writer => Write(writer, condition));

    public static void Write(Utf8JsonWriter writer, Condition condition)
    {
        writer.WriteStartObject();
        if (condition is Condition.All all && ReadsAsImplicitAll(all))
            foreach (var part in all.Parts) WriteMember(writer, part);
        else
            WriteMember(writer, condition);
        writer.WriteEndObject();
    }

    /// <summary>Two parts or more, no two of which would be the same member of one object.</summary>
    static bool ReadsAsImplicitAll(Condition.All all) =>
        all.Parts.Length >= 2 && all.Parts.Select(Key).Distinct(StringComparer.Ordinal).Count() == all.Parts.Length;

    static string Key(Condition condition) => condition switch
    {
        Condition.All => "all",
        Condition.Any => "any",
        Condition.Not => "not",
        Condition.Clause clause => Name(clause),
        _ => throw new InvalidOperationException("a closed set has grown"),
    };

    /// <summary>The metric's name, or traits.NAME.</summary>
    public static string Name(Condition.Clause clause) =>
        clause.Trait is null ? Metrics.Name(clause.Metric) : TraitPrefix + clause.Trait;

    static void WriteMember(Utf8JsonWriter writer, Condition condition)
    {
        writer.WritePropertyName(Key(condition));
        switch (condition)
        {
            case Condition.All all: WriteParts(writer, all.Parts); break;
            case Condition.Any any: WriteParts(writer, any.Parts); break;
            case Condition.Not not: Write(writer, not.Part); break;
            case Condition.Clause clause:
                writer.WriteStartObject();
                writer.WriteString("operator", clause.Operator.Name());
                writer.WritePropertyName("value");
                WriteThreshold(writer, clause);
                writer.WriteEndObject();
                break;
        }
    }

    static void WriteParts(Utf8JsonWriter writer, ImmutableArray<Condition> parts)
    {
        writer.WriteStartArray();
        foreach (var part in parts) Write(writer, part);
        writer.WriteEndArray();
    }

    public static void WriteThreshold(Utf8JsonWriter writer, Condition.Clause clause)
    {
        var isList = clause.Operator is Operator.In or Operator.NotIn or Operator.Between;
        if (isList) writer.WriteStartArray();
        foreach (var number in clause.Threshold.Numbers) writer.WriteNumberValue(number);
        foreach (var text in clause.Threshold.Texts) writer.WriteStringValue(text);
        if (isList) writer.WriteEndArray();
    }
}
