using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Ingest;

/// <summary>What the browser SDK asks of its "CDN" before it sends: where to send to, and that there is nobody else to send to.</summary>
internal static class BrowserSettings
{
    public static JsonObject Of(HttpRequest request, string writeKey)
    {
        var host = $"{request.Host}{request.PathBase}/v1";
        return new JsonObject
        {
            ["integrations"] = new JsonObject
            {
                ["Segment.io"] = new JsonObject
                {
                    ["apiKey"] = writeKey,
                    ["apiHost"] = host,
                    ["protocol"] = request.Scheme,
                    ["addBundledMetadata"] = true,
                    ["unbundledIntegrations"] = new JsonArray(),
                    ["maybeBundledConfigIds"] = new JsonObject(),
                    ["type"] = "server",
                },
            },
            ["plan"] = new JsonObject
            {
                ["track"] = EverythingAllowed(),
                ["identify"] = EverythingAllowed(),
                ["group"] = EverythingAllowed(),
            },
            ["edgeFunction"] = new JsonObject(),
            ["analyticsNextEnabled"] = true,
            ["middlewareSettings"] = new JsonObject(),
            ["enabledMiddleware"] = new JsonObject(),
            ["legacyVideoPluginsEnabled"] = false,
            ["remotePlugins"] = new JsonArray(),
            // Else the SDK posts figures about itself, to Segment's host unless told otherwise.
            ["metrics"] = new JsonObject { ["sampleRate"] = 0, ["host"] = host },
        };
    }

    private static JsonObject EverythingAllowed() =>
        new() { ["__default"] = new JsonObject { ["enabled"] = true, ["integrations"] = new JsonObject() } };
}
