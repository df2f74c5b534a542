using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Api.Http;

namespace LStep.Api.Assistants;

/// <summary>What a tool takes under a name, as its JSON schema says it.</summary>
/// <param name="OneOf">Its values; empty where any text is one.</param>
internal sealed record Argument(string Name, string Type, string Description, bool Required = false, params string[] OneOf)
{
    /// <summary>What a note may have at most, and more than any id.</summary>
    private const int CharsMax = 4_000;

    private const int NamesToldMax = 20;
    private const int NameCharsToldMax = 100;

    public static Argument Text(string name, string description, bool required = false, params string[] oneOf) =>
        new(name, "string", description, required, oneOf);

    public static Argument Whole(string name, string description) => new(name, "integer", description);

    public static Argument Object(string name, string description) => new(name, "object", description, true);

    public static JsonElement SchemaOf(IReadOnlyList<Argument> arguments)
    {
        var properties = new JsonObject();
        foreach (var argument in arguments) properties[argument.Name] = argument.Schema;
        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. arguments.Where(one => one.Required).Select(one => JsonValue.Create(one.Name))]),
            ["additionalProperties"] = false,
        });
    }

    /// <summary>Everything that is wrong with what was given.</summary>
    public static IReadOnlyList<InputError> Wrong(IReadOnlyList<Argument> arguments, IDictionary<string, JsonElement> given) =>
    [
        .. given.Keys.Where(name => arguments.All(one => one.Name != name)).Take(NamesToldMax).Select(name => new InputError(
            name[..Math.Min(name.Length, NameCharsToldMax)], "unknown_argument",
            $"There are: {string.Join(", ", arguments.Select(one => one.Name))}.")),
        .. arguments.Select(one => one.WhyNot(given)).OfType<InputError>(),
    ];

    private JsonObject Schema
    {
        get
        {
            var schema = new JsonObject { ["type"] = Type, ["description"] = Description };
            if (OneOf.Length > 0) schema["enum"] = new JsonArray([.. OneOf.Select(one => JsonValue.Create(one))]);
            return schema;
        }
    }

    private InputError? WhyNot(IDictionary<string, JsonElement> given)
    {
        if (!given.TryGetValue(Name, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return Required ? new InputError(Name, "required", Description) : null;
        return Type switch
        {
            "string" when value.ValueKind != JsonValueKind.String => Bad("a text"),
            "string" when value.GetString() is { } text && (text.Length > CharsMax || (Required && string.IsNullOrWhiteSpace(text))) =>
                Bad($"a text of 1 to {CharsMax} characters"),
            "string" when OneOf.Length > 0 && !OneOf.Contains(value.GetString()) => Bad($"one of {string.Join(", ", OneOf)}"),
            "integer" when value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out _) => Bad("a whole number"),
            "object" when value.ValueKind != JsonValueKind.Object => Bad("an object"),
            _ => null,
        };
    }

    private InputError Bad(string what) => new(Name, "bad_value", $"{Name} is {what}.");
}
