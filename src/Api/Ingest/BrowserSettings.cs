using System.Net;
using System.Text.Json.Nodes;
using LStep.Api.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LStep.Api.Ingest;

/// <summary>What the browser SDK asks of its "CDN" before it sends: where to send to, and that there is nobody else to send to.</summary>
public sealed class BrowserSettings(AddressOptions addresses, ILogger<BrowserSettings> log)
{
    private int warned;

    public JsonObject Of(HttpContext http, string writeKey)
    {
        var host = HostFor(http) + "/v1";
        return new JsonObject
        {
            ["integrations"] = new JsonObject
            {
                ["Segment.io"] = new JsonObject
                {
                    ["apiKey"] = writeKey,
                    ["apiHost"] = host,
                    // A page that came over TLS may not send to anything else.
                    ["protocol"] = http.Request.IsHttps ? "https" : addresses.PublicUrl?.Scheme ?? "http",
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

    /// <summary>
    /// Never the Host header: a cache that kept the answer to somebody's invented host would send every visitor's events there. Only a
    /// browser on this machine is told the name it asked by; without a public URL others are told the address that they reached.
    /// </summary>
    private string HostFor(HttpContext http)
    {
        if (addresses.PublicUrl is { } url) return url.Authority + url.AbsolutePath.TrimEnd('/');
        if (IsLoopback(http.Request.Host.Host)) return http.Request.Host.Value!;
        if (Interlocked.Exchange(ref warned, 1) == 0)
            log.LogWarning(
                "A browser asked where to send its events, and LSTEP_PUBLIC_URL is not set: it was given an address of this machine.");
        return new IPEndPoint(Plain(http.Connection.LocalIpAddress ?? IPAddress.Loopback), http.Connection.LocalPort).ToString();
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static JsonObject EverythingAllowed() =>
        new() { ["__default"] = new JsonObject { ["enabled"] = true, ["integrations"] = new JsonObject() } };
}
