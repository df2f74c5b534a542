using System.Text.Json;
using System.Text.Json.Nodes;
using Fluid.Values;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>The JSON that a platform gets: what every payload has, then what the template adds.</summary>
internal static class WebhookPayload
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = LiquidJson.Encoder };

    /// <exception cref="TemplateException">The template has made no JSON object.</exception>
    public static string Of(string path, string rendered, Filling filling)
    {
        var payload = new JsonObject
        {
            ["customerId"] = Node(filling.Member("customer", "id")),
            ["campaign"] = Node(filling.Member("campaign", "name")),
            ["step"] = Node(filling.Member("campaign", "step")),
            ["transition"] = Node(filling.Values.GetValueOrDefault("transition") ?? NilValue.Instance),
        };
        try
        {
            var written = JsonNode.Parse(rendered, new JsonNodeOptions(), new JsonDocumentOptions { MaxDepth = 32 }) as JsonObject
                ?? throw new TemplateException($"{path}: it makes no JSON object.");
            foreach (var (name, value) in written)
                if (!payload.ContainsKey(name)) payload[name] = value?.DeepClone();
        }
        catch (Exception trouble) when (trouble is JsonException or ArgumentException)
        {
            throw new TemplateException($"{path}: it makes no JSON object: {trouble.Message}", trouble);
        }
        return payload.ToJsonString(Compact);
    }

    private static JsonNode? Node(FluidValue value) => JsonNode.Parse(LiquidJson.Write(value));
}
