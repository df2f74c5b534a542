using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Assistants;

/// <summary>One call of a tool, whose arguments have been looked at.</summary>
internal sealed class ToolCall(ApiCalls api, HttpContext caller, IDictionary<string, JsonElement> given)
{
    private const int ItemsDefault = 10;
    private const int ItemsMax = 50;

    /// <summary>Null where it was not given.</summary>
    public string? Text(string name) =>
        given.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public JsonObject Object(string name) => JsonObject.Create(given[name])!;

    /// <summary>How many items of a list: few, since an assistant reads all of them.</summary>
    public string Limit => Math.Clamp(
        given.TryGetValue("limit", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : ItemsDefault, 1, ItemsMax)
        .ToString();

    public Task<ApiAnswer> Get(string path, params (string Name, string? Value)[] query) =>
        api.Send(caller, HttpMethods.Get, path + QueryOf(query), null);

    public Task<ApiAnswer> Post(string path, JsonNode body, params (string Name, string? Value)[] query) =>
        api.Send(caller, HttpMethods.Post, path + QueryOf(query), body);

    public Task<ApiAnswer> Put(string path, JsonNode body) => api.Send(caller, HttpMethods.Put, path, body);

    /// <summary>A path segment, whatever is in the text.</summary>
    public string Segment(string name) =>
        Uri.EscapeDataString(Text(name)!) is var escaped && escaped is "." or ".."
            ? escaped.Replace(".", "%2E", StringComparison.Ordinal)
            : Uri.EscapeDataString(Text(name)!);

    private static string QueryOf((string Name, string? Value)[] query) => QueryString.Create(
        query.Where(one => one.Value is not null).Select(one => new KeyValuePair<string, string?>(one.Name, one.Value))).ToString();
}
