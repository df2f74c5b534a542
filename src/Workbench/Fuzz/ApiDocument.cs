using System.Collections.Immutable;
using System.Text.Json;

namespace LStep.Workbench.Fuzz;

/// <param name="In">path or query.</param>
public sealed record Parameter(string Name, string In, JsonElement Schema);

/// <param name="Body">The schema of its JSON body; undefined where it takes none.</param>
public sealed record Operation(string Method, string Path, ImmutableArray<Parameter> Parameters, JsonElement Body)
{
    public bool IsIngest => Path.StartsWith("/v1/", StringComparison.Ordinal);

    public bool TakesBody => Body.ValueKind == JsonValueKind.Object;
}

/// <summary>What the product says of itself at /openapi/v1.json: its operations, and the schemas they refer to.</summary>
public sealed class ApiDocument
{
    private readonly JsonElement root;

    public ApiDocument(JsonElement root)
    {
        this.root = root;
        Operations =
        [
            .. from path in root.GetProperty("paths").EnumerateObject()
               from method in path.Value.EnumerateObject()
               select new Operation(method.Name.ToUpperInvariant(), path.Name, [.. ParametersOf(method.Value)], BodyOf(method.Value)),
        ];
    }

    public ImmutableArray<Operation> Operations { get; }

    /// <summary>A schema without its reference, and of several alternatives the first that is not null.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (true)
        {
            if (schema.TryGetProperty("$ref", out var reference)) schema = At(reference.GetString()!);
            else if (Alternatives(schema) is { Count: > 0 } several)
                schema = several.Find(one => !(one.TryGetProperty("type", out var type) && type.ToString() == "null"));
            else return schema;
        }
    }

    private static List<JsonElement> Alternatives(JsonElement schema) =>
        schema.TryGetProperty("oneOf", out var several) || schema.TryGetProperty("anyOf", out several) ? [.. several.EnumerateArray()] : [];

    private JsonElement At(string reference) =>
        reference.Split('/').Skip(1).Aggregate(root, (element, name) => element.GetProperty(name));

    private IEnumerable<Parameter> ParametersOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Select(each => new Parameter(
                each.GetProperty("name").GetString()!, each.GetProperty("in").GetString()!, Resolve(each.GetProperty("schema"))))
            : [];

    private static JsonElement BodyOf(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body)
        && body.GetProperty("content").TryGetProperty("application/json", out var json)
        && json.TryGetProperty("schema", out var schema) ? schema : default;
}
