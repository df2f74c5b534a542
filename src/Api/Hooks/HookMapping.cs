using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Domain;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Api.Hooks;

/// <summary>One message that a mapping has made, with its id.</summary>
internal sealed class HookMessage(JsonObject json)
{
    /// <summary>As the ingest takes it.</summary>
    public JsonObject Json { get; } = json;

    /// <summary>Of whom it is about, where the mapping knows no more; a field of the mapping's own, and none of the ingest's.</summary>
    public string? Email { get; } = Taken(json);

    public void IsOf(string customerId) => Json["userId"] = customerId;

    private static string? Taken(JsonObject json)
    {
        var address = Text(json["email"]);
        json.Remove("email");
        return Text(json["userId"]) is null ? address : null;
    }

    /// <summary>Null for what is no text or number, or blank.</summary>
    internal static string? Text(JsonNode? node) =>
        node?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number && node.ToString().Trim() is { Length: > 0 } text
            ? text : null;
}

/// <summary>From an event of a platform to messages.</summary>
/// <param name="source">The source's name, with which all ids begin.</param>
/// <param name="id">The platform's id of the event; null where it is known by its content alone.</param>
internal sealed class HookMapping(string source, JsonTemplate? id, JsonTemplate body, TimeProvider clock)
{
    public const int MessagesMax = 100;

    public static readonly string[] Variables = ["event", "headers"];

    private static readonly JsonDocumentOptions Lenient = new()
    {
        // Templates with conditions leave commas behind.
        AllowTrailingCommas = true, MaxDepth = 64, AllowDuplicateProperties = false,
    };

    /// <returns>Empty where the mapping has nothing for the event.</returns>
    /// <exception cref="TemplateException">The template cannot be rendered, or makes no messages.</exception>
    public IReadOnlyList<HookMessage> Messages(JsonElement @event, JsonElement headers)
    {
        var variables = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["event"] = @event, ["headers"] = headers };
        var text = body.Render(variables, clock);
        if (string.IsNullOrWhiteSpace(text)) return [];
        JsonObject[] made = [.. Objects(text)];
        if (made.Length == 0) return [];
        if (made.Length > MessagesMax) throw new TemplateException($"The mapping makes more than {MessagesMax} messages of one event.");
        var eventId = id?.Render(variables, clock).Trim();
        if (string.IsNullOrEmpty(eventId)) eventId = Hash(@event.GetRawText());
        foreach (var (n, json) in made.Index())
            json["messageId"] = Id(HookMessage.Text(json["messageId"]) ?? (n == 0 ? eventId : $"{eventId}-{n}"));
        return [.. made.Select(json => new HookMessage(json))];
    }

    private static IEnumerable<JsonObject> Objects(string text)
    {
        JsonNode? made;
        try
        {
            made = JsonNode.Parse(text, documentOptions: Lenient);
        }
        catch (JsonException trouble)
        {
            throw new TemplateException(
                $"The mapping makes no JSON (line {trouble.LineNumber + 1} of what it makes, byte {trouble.BytePositionInLine + 1}).",
                trouble);
        }
        return (made is JsonArray list ? [.. list] : (JsonNode?[])[made]).Where(one => one is not null).Select(
            one => one as JsonObject
                ?? throw new TemplateException("The mapping makes something else than an object or a list of objects."));
    }

    /// <summary>An event that is sent again has the ids it had. What is too long for one is known by its hash.</summary>
    private string Id(string own) =>
        $"{source}-{own}" is { Length: <= Limits.MessageIdCharsMax } whole ? whole : $"{source}-{Hash(own)}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
