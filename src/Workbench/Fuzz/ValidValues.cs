using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Workbench.Demo;

namespace LStep.Workbench.Fuzz;

/// <summary>What exists when a run begins: names that a request can mean something by.</summary>
public sealed record Known(
    string WriteKey, IReadOnlyList<string> Tokens, IReadOnlyList<string> Customers, IReadOnlyList<string> Cursors,
    IReadOnlyList<string> Batches, string? Session);

/// <summary>Values as the API's document asks for them, and as the product understands them by their names.</summary>
internal sealed class ValidValues(ApiDocument api, Known known, Chance chance)
{
    private const int ItemsMax = 4;
    private const int DepthMax = 6;

    private static readonly string[] Events =
    [
        "Login", "Lesson Completed", "Module Completed", "Quiz Completed", "Video Played", "Feature Used", "Forum Post Created",
        "Comment Made",
        "Course Completed", "NPS Submitted", "Payment Failed", "Payment Succeeded", "Email Opened", "Unsubscribed", "Support Ticket Opened",
        "Page Viewed", "Something Else",
    ];

    private static readonly string[] FreeNames =
    [
        "lessonId", "moduleId", "featureId", "contentId", "score", "final", "count", "seconds", "amount", "currency",
        "curriculumCompletion",
        "channel", "actionId", "device", "name", "email", "tier", "plan", "ltv", "ltvValue", "createdAt", "enrolledAt", "startsAt",
        "timezone",
        "locale", "consent.email", "consent", "favourite",
    ];

    /// <param name="name">Of the field or parameter.</param>
    /// <param name="number">Of the request, so that ids of messages differ.</param>
    public JsonNode? Of(string name, JsonElement schema, long number, int depth = 0)
    {
        schema = api.Resolve(schema);
        if (ByName(name, number) is { } named) return JsonValue.Create(named);
        if (schema.TryGetProperty("enum", out var values)) return JsonNode.Parse(chance.Of([.. values.EnumerateArray()]).GetRawText());
        if (schema.TryGetProperty("properties", out var properties)) return Object(schema, properties, number, depth);
        return KindOf(schema) switch
        {
            "object" => depth < DepthMax ? Free(number) : new JsonObject(),
            "array" => new JsonArray([.. Enumerable.Range(0, depth < DepthMax ? chance.Between(0, ItemsMax) : 0)
                .Select(_ => schema.TryGetProperty("items", out var items) ? Of(name, items, number, depth + 1) : JsonValue.Create(1))]),
            "integer" => JsonValue.Create(chance.Between(Bound(schema, "minimum", 0), Bound(schema, "maximum", 100))),
            "number" => JsonValue.Create(Math.Round(chance.Share() * 100, 2)),
            "boolean" => JsonValue.Create(chance.Happens(0.5)),
            _ => Text(schema, number),
        };
    }

    private JsonObject Object(JsonElement schema, JsonElement properties, long number, int depth)
    {
        var required = schema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(one => one.GetString()!).ToHashSet() : [];
        var made = new JsonObject();
        foreach (var property in properties.EnumerateObject())
            if (required.Contains(property.Name) || chance.Happens(0.6))
                made[property.Name] = Of(property.Name, property.Value, number, depth + 1);
        return made;
    }

    /// <summary>What fits into free properties and traits.</summary>
    private JsonObject Free(long number)
    {
        var made = new JsonObject();
        for (var n = chance.Between(0, ItemsMax); n > 0; n--)
            made[chance.Of(FreeNames)] = chance.Between(0, 5) switch
            {
                0 => JsonValue.Create(chance.Between(0, 100)),
                1 => JsonValue.Create(chance.Happens(0.5)),
                2 => JsonValue.Create(chance.Of((string[])["Pro", "Enterprise", "Freemium", "Europe/Berlin", "EUR", "mobile",
                "a@b.example"])),
                3 => JsonValue.Create($"2026-0{chance.Between(1, 9)}-1{chance.Between(0, 9)}T12:00:00Z"),
                4 => new JsonObject { ["email"] = chance.Happens(0.5), ["k"] = number },
                _ => JsonValue.Create($"value-{chance.Between(1, 20)}"),
            };
        return made;
    }

    private string? ByName(string name, long number) => name switch
    {
        "userId" or "customerId" or "previousId" or "id" => chance.Of(known.Customers),
        "anonymousId" => $"anonymous-{chance.Between(1, 50)}",
        "messageId" => chance.Happens(0.9) ? $"m-{number}-{chance.Between(0, 99)}" : "m-again",
        "event" => chance.Of(Events),
        "writeKey" => known.WriteKey,
        "token" => chance.Of(known.Tokens),
        "cursor" => known.Cursors.Count > 0 ? chance.Of(known.Cursors) : "none",
        "batchId" => known.Batches.Count > 0 ? chance.Of(known.Batches) : "eval_none",
        "n" => "1",
        _ => null,
    };

    private JsonValue Text(JsonElement schema, long number) => JsonValue.Create(
        !schema.TryGetProperty("format", out var format) ? $"text-{chance.Between(1, 30)}"
        : format.GetString() == "date" ? $"2026-0{chance.Between(1, 9)}-1{chance.Between(0, 9)}"
        : format.GetString() == "date-time" ? $"2026-0{chance.Between(1, 9)}-1{chance.Between(0, 9)}T0{chance.Between(0, 9)}:00:00.000Z"
        : $"text-{number}")!;

    private static string? KindOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.String ? type.GetString()
        : type.EnumerateArray().Select(one => one.GetString()).FirstOrDefault(one => one != "null");

    private static int Bound(JsonElement schema, string name, int otherwise) =>
        schema.TryGetProperty(name, out var bound) && bound.TryGetInt32(out var value) ? value : otherwise;
}
