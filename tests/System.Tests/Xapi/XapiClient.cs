using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LStep.System.Tests.Xapi;

internal sealed record XapiReply(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>The code of a problem.</summary>
    public string? Code => Json.GetProperty("code").GetString();

    public string ETag => Message.Headers.ETag!.ToString();

    public string[] Ids => [.. Json.EnumerateArray().Select(id => id.GetString()!)];

    /// <summary>Ids of a list of statements, in its order.</summary>
    public string[] Listed =>
        [.. Json.GetProperty("statements").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
}

/// <summary>Speaks xAPI with a write key, and as nobody should.</summary>
internal sealed class XapiClient(Uri address, string writeKey, string? version = "1.0.3")
{
    public const string Verbs = "http://adlnet.gov/expapi/verbs/";
    public const string Types = "http://adlnet.gov/expapi/activities/";

    private static readonly HttpClient Http = new();

    public Task<XapiReply> Post(params object[] statements) => Send(HttpMethod.Post, "statements", JsonSerializer.Serialize(statements));

    public Task<XapiReply> Put(string id, object statement) =>
        Send(HttpMethod.Put, $"statements?statementId={id}", JsonSerializer.Serialize(statement));

    public Task<XapiReply> Get(string path, params (string Name, string Value)[] query) =>
        Send(HttpMethod.Get, path + (query.Length == 0 ? "" : "?" + string.Join('&', query.Select(
            one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"))), null);

    public Task<XapiReply> Send(
        HttpMethod method, string path, string? body, string type = "application/json", params (string Name, string Value)[] headers) =>
        Send(method, path, body is null ? null : Encoding.UTF8.GetBytes(body), type, headers);

    public async Task<XapiReply> Send(
        HttpMethod method, string path, byte[]? body, string type, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path.StartsWith('/') ? path : "/xapi/" + path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", writeKey);
        if (version is not null) request.Headers.Add("X-Experience-API-Version", version);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        var response = await Http.SendAsync(request);
        return new XapiReply(response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    public static JsonObject Account(string name) =>
        new() { ["account"] = new JsonObject { ["homePage"] = "https://school.example", ["name"] = name } };

    public static JsonObject Mbox(string mailbox) => new() { ["mbox"] = "mailto:" + mailbox };

    /// <summary>The verb by its last part, the type of the activity likewise.</summary>
    public static JsonObject Statement(JsonObject actor, string verb, string activity, string? type = null, string? id = null)
    {
        var subject = new JsonObject { ["id"] = activity };
        if (type is not null) subject["definition"] = new JsonObject { ["type"] = Types + type };
        var statement = new JsonObject { ["actor"] = actor, ["verb"] = new JsonObject { ["id"] = Verbs + verb }, ["object"] = subject };
        if (id is not null) statement["id"] = id;
        return statement;
    }

    public static JsonObject Voiding(JsonObject actor, string id) => new()
    {
        ["actor"] = actor, ["verb"] = new JsonObject { ["id"] = Verbs + "voided" },
        ["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = id },
    };

    public static JsonObject With(JsonObject statement, string name, JsonNode value)
    {
        statement[name] = value;
        return statement;
    }
}
