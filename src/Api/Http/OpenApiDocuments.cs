using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace LStep.Api.Http;

/// <summary>The document at /openapi/v1.json: what the framework finds out by itself, and what it cannot know.</summary>
public static class OpenApiDocuments
{
    public const string Name = "v1";

    /// <summary>An example leaves out what it has nothing to say about.</summary>
    private static readonly JsonSerializerOptions Shown =
        new(Json.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        // A name of its own would make generators write an empty class for it.
        options.CreateSchemaReferenceId = type =>
            type.Type == typeof(RawJson) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "L-Step",
                Version = Name,
                Description = "Lifecycle status tags of learners: one per customer, moved as they learn or fall silent.",
            };
            // The address that was asked; no part of the contract.
            document.Servers = [];
            NameMetricValues(document);
            NameAnyJson(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeQuery);
        options.AddOperationTransformer(DescribeBody);
        options.AddOperationTransformer(DescribeProblems);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    });

    /// <summary>Made at the first request and kept: it says the same to everybody, and making it is much work.</summary>
    public static IEndpointConventionBuilder Map(WebApplication app)
    {
        var made = new Lazy<Task<string>>(async () =>
        {
            var documents = app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
            return await (await documents.GetOpenApiDocumentAsync()).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
        });
        return app.MapGet($"/openapi/{Name}.json", async () => TypedResults.Text(await made.Value, "application/json"))
            .ExcludeFromDescription();
    }

    /// <summary>
    /// Maps of metrics refer to the one schema of their values; while schemas are made there is none to refer to yet. A value may be null
    /// beside that schema and not within it: null would be valid twice, which oneOf forbids.
    /// </summary>
    private static void NameMetricValues(OpenApiDocument document)
    {
        foreach (var schema in document.Components?.Schemas?.Values ?? [])
            foreach (var property in schema.Properties?.Values.OfType<OpenApiSchema>() ?? [])
            {
                if (property.AdditionalProperties is OpenApiSchema { AnyOf.Count: > 1 })
                    property.AdditionalProperties = MetricOrNull(document);
                if (property.Properties is not { } named) continue;
                foreach (var (name, _) in named.Where(one => one.Value is OpenApiSchema { AnyOf.Count: > 1 }).ToList())
                    named[name] = MetricOrNull(document);
            }
    }

    private static OpenApiSchema MetricOrNull(OpenApiDocument document) => new()
    {
        OneOf = [new OpenApiSchemaReference(nameof(MetricValue), document), new OpenApiSchema { Type = JsonSchemaType.Null }],
    };

    /// <summary>Any JSON is null, too: beside null it would be valid twice.</summary>
    private static void NameAnyJson(OpenApiDocument document)
    {
        foreach (var schema in document.Components?.Schemas?.Values ?? [])
            foreach (var (name, property) in schema.Properties?.ToArray() ?? [])
                if (property.OneOf?.OfType<OpenApiSchemaReference>().FirstOrDefault(one => one.Reference.Id == nameof(RawJson)) is { } any)
                    schema.Properties![name] = any;
    }

    private static Task DescribeQuery(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        foreach (var parameter in context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryParameter>())
            (operation.Parameters ??= []).Add(
                new OpenApiParameter { Name = parameter.Name, In = ParameterLocation.Query, Schema = parameter.Schema });
        return Task.CompletedTask;
    }

    private static async Task DescribeBody(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<OperationBody>().FirstOrDefault() is not { } body) return;
        var (name, document) = (body.Type.Name, context.Document!);
        document.AddComponent(name, await context.GetOrCreateSchemaAsync(body.Type, null, cancel));
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new()
                {
                    Schema = new OpenApiSchemaReference(name, document),
                    Example = JsonSerializer.SerializeToNode(body.Example, body.Type, Shown),
                },
            },
        };
    }

    private static Task DescribeProblems(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var (status, response) in operation.Responses ?? [])
        {
            var codes = metadata.OfType<ProblemResponse>()
                .Where(problem => problem.StatusCode.ToString() == status)
                .SelectMany(problem => problem.Codes);
            if (status == "400" && ReadsBody(operation, context)) codes = codes.Concat(["bad_json", "bad_request"]);
            if (status == "400" && metadata.OfType<QueryParameter>().ToArray() is { Length: > 0 } parameters)
                codes = codes.Concat(parameters.SelectMany(parameter => parameter.Codes.Append("repeated")));
            if (codes.Distinct().ToArray() is { Length: > 0 } all)
                response.Description = OneOfCodes(all);
        }
        if (ReadsBody(operation, context) && operation.Responses is { } responses && responses.TryGetValue("400", out var problem))
        {
            responses["413"] = Like(problem, "too_large");
            responses["415"] = Like(problem, "unsupported_media_type");
        }
        return Task.CompletedTask;
    }

    /// <summary>The ingest reads its bodies by itself and takes any Content-Type.</summary>
    private static bool ReadsBody(OpenApiOperation operation, OpenApiOperationTransformerContext context) =>
        operation.RequestBody is not null && context.Description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;

    private static OpenApiResponse Like(IOpenApiResponse problem, string code) =>
        new() { Description = OneOfCodes([code]), Content = problem.Content };

    private static string OneOfCodes(IEnumerable<string> codes) => "Problem with one of the codes: " + string.Join(", ", codes);

    /// <summary>Types that are written by converters of ours.</summary>
    private static void Describe(OpenApiSchema schema, Type type)
    {
        // That bodies may have no unknown fields is no promise that answers will never have further ones.
        schema.AdditionalPropertiesAllowed = true;
        var orNull = Nullable.GetUnderlyingType(type) is null ? default : JsonSchemaType.Null;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(StatusTag))
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. StatusTags.All.Select(tag => JsonValue.Create(tag.Code()))];
        }
        else if (type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String | orNull;
            schema.Format = "date-time";
        }
        else if (type == typeof(MetricValue))
        {
            schema.Description = "A number, a text or a list of texts.";
            schema.AnyOf = KindsOfMetricValue();
        }
        else if (type == typeof(ImmutableSortedDictionary<string, MetricValue>))
            schema.AdditionalProperties = new OpenApiSchema { AnyOf = KindsOfMetricValue() };
        else if (type == typeof(RawJson)) schema.Description = "Any JSON.";
    }

    private static IOpenApiSchema[] KindsOfMetricValue() =>
    [
        new OpenApiSchema { Type = JsonSchemaType.Number },
        new OpenApiSchema { Type = JsonSchemaType.String },
        new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
    ];
}
