using System.Text.Json;
using LStep.Api.Http;
using LStep.Api.Sessions;
using LStep.Api.Transitions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LStep.Api;

/// <summary>Examples of the OpenAPI document: samples of the types themselves, so that an example cannot drift from its shape.</summary>
internal static class Examples
{
    private static readonly DateTimeOffset At = new(2026, 3, 10, 9, 30, 0, TimeSpan.Zero);

    private static readonly Dictionary<Type, object> Samples = new object[]
    {
        new SignIn(Token: "lsa_…"),
        new TransitionRow(
            1042, "ada", StatusTag.Active, StatusTag.Progressing, At, At, "Active to Progressing", 1, 0.871m, "system",
            "2 modules completed, mean score 75", "automatic", null, 3, null, null),
        new Problem("Bad Request", 400, "bad_limit", "limit is a whole number from 1 to 500.", null,
            [new InputError("limit", "bad_limit", "limit is a whole number from 1 to 500.")]),
    }.ToDictionary(sample => sample.GetType());

    /// <summary>By the name of a path or query parameter.</summary>
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["id"] = "ada", ["writeKey"] = "lsw_…", ["batchId"] = "eval_0198f3", ["q"] = "ada@", ["from"] = "2026-03-01", ["to"] = "2026-03-31",
    };

    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (Samples.TryGetValue(context.JsonTypeInfo.Type, out var sample))
            schema.Examples = [JsonSerializer.SerializeToNode(sample, sample.GetType(), Json.Options)!];
        return Task.CompletedTask;
    }

    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            if (Parameters.TryGetValue(parameter.Name ?? "", out var example)) parameter.Example = example;
        return Task.CompletedTask;
    }
}
