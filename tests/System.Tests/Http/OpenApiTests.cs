using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LStep.System.Tests.Http;

/// <summary>The served OpenAPI document, and its committed copy, which the dashboard's types are made from.</summary>
public sealed class OpenApiTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    /// <summary>Set by `npm run openapi`: the copy is written instead of compared.</summary>
    private static readonly bool Refresh = Environment.GetEnvironmentVariable("LSTEP_WRITE_OPENAPI") == "1";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    [Fact]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        var path = Path.Combine(Repository.Root, "src", "Api", "dashboard", "openapi.json");
        var served = JsonNode.Parse((await fixture.Host.Get("/openapi/v1.json")).GetRawText())!.ToJsonString(Indented) + "\n";
        if (Refresh) await File.WriteAllTextAsync(path, served);

        Assert.True(
            File.Exists(path) && await File.ReadAllTextAsync(path) == served,
            $"{path} is not what the API serves now. Refresh it and the dashboard's types with: npm --prefix src/Api/dashboard run "
                + $"openapi");
    }

    [Fact]
    public async Task Every_answer_of_every_endpoint_has_a_type()
    {
        var document = await fixture.Host.Get("/openapi/v1.json");
        var untyped = new List<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
            {
                var name = $"{operation.Name} {path.Name}";
                var responses = operation.Value.GetProperty("responses").EnumerateObject().ToArray();
                if (!operation.Value.TryGetProperty("summary", out _)) untyped.Add($"{name} has no summary");
                if (responses.All(response => response.Name[0] != '2')) untyped.Add($"{name} names no success");
                if (path.Name != "/health/live" && responses.All(response => response.Name[0] == '2'))
                    untyped.Add($"{name} names no problem");
                untyped.AddRange(responses.Where(response => !IsTyped(response)).Select(response => $"{name} {response.Name} has no type"));
            }

        Assert.Empty(untyped);
    }

    [Theory]
    [InlineData("/api/customers", "get", "400", "bad_cursor")]
    [InlineData("/api/customers/{id}", "get", "404", "not_found")]
    [InlineData("/api/evaluations", "post", "403", "csrf")]
    [InlineData("/v1/batch", "post", "429", "rate_limited")]
    [InlineData("/v1/batch", "post", "401", "bad_write_key")]
    [InlineData("/health/ready", "get", "503", "not_migrated")]
    [InlineData("/api/keys", "post", "400", "bad_json")]
    [InlineData("/api/keys", "post", "413", "too_large")]
    [InlineData("/api/session", "post", "415", "unsupported_media_type")]
    [InlineData("/api/keys", "post", "422", "bad_role")]
    [InlineData("/v1/track", "post", "400", "placeholder_id")]
    [InlineData("/v1/batch", "post", "400", "missing_batch")]
    public async Task Problems_are_described_with_their_codes(string path, string method, string status, string code)
    {
        var response = (await fixture.Host.Get("/openapi/v1.json")).GetProperty("paths").GetProperty(path).GetProperty(method)
            .GetProperty("responses").GetProperty(status);

        Assert.Contains(code, response.GetProperty("description").GetString());
        Assert.Equal("#/components/schemas/Problem", response.GetProperty("content").GetProperty("application/problem+json").GetProperty(
            "schema").GetProperty("$ref").GetString());
    }

    /// <summary>Exactly one branch of oneOf has to hold: a null that holds for two of them makes the answer invalid.</summary>
    [Fact]
    public async Task A_value_that_may_be_null_is_null_in_one_way_only()
    {
        var document = await fixture.Host.Get("/openapi/v1.json");
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var unions = Objects(document).Where(one => one.TryGetProperty("oneOf", out _)).ToList();

        Assert.NotEmpty(unions);
        Assert.DoesNotContain(
            unions, union => union.GetProperty("oneOf").EnumerateArray().Count(branch => MayBeNull(branch, schemas)) > 1);
    }

    [Fact]
    public async Task There_is_one_document_and_any_other_name_is_a_problem()
    {
        using var answer = await fixture.Host.Client.GetAsync("/openapi/v2.json");

        Assert.Equal(
            (HttpStatusCode.NotFound, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Objects(property.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };

    private static bool MayBeNull(JsonElement schema, JsonElement schemas)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return MayBeNull(schemas.GetProperty(reference.GetString()!.Split('/')[^1]), schemas);
        if (schema.TryGetProperty("type", out var type)) return type.GetRawText().Contains("\"null\"", StringComparison.Ordinal);
        foreach (var union in new[] { "anyOf", "oneOf" })
            if (schema.TryGetProperty(union, out var branches)) return branches.EnumerateArray().Any(branch => MayBeNull(branch, schemas));
        return !schema.TryGetProperty("enum", out _);
    }

    private static bool IsTyped(JsonProperty response) =>
        response.Name == "204"
        || (response.Value.TryGetProperty("content", out var content)
            && content.EnumerateObject()
                .All(body => body.Value.TryGetProperty("schema", out var schema) && schema.EnumerateObject().Any()));
}
