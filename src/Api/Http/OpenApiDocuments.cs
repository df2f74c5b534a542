using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
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

    /// <summary>Maps of metrics refer to the one schema of their values; while schemas are made there is none to refer to yet.</summary>
    private static void NameMetricValues(OpenApiDocument document)
    {
        foreach (var schema in document.Components?.Schemas?.Values ?? [])
            foreach (var property in schema.Properties?.Values.OfType<OpenApiSchema>() ?? [])
            {
                if (property.AdditionalProperties is OpenApiSchema { AnyOf.Count: > 1 })
                    property.AdditionalProperties = new OpenApiSchemaReference(nameof(MetricValue), document);
                if (property.Properties is not { } named) continue;
                foreach (var (name, _) in named.Where(one => one.Value is OpenApiSchema { AnyOf.Count: > 1 }).ToList())
                    // That it may be null is in the schema referred to; generators of clients look no further than here.
                    named[name] = new OpenApiSchema
                    {
                        OneOf =
                        [
                            new OpenApiSchemaReference(nameof(MetricValue), document), new OpenApiSchema { Type = JsonSchemaType.Null },
                        ],
                    };
            }
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
            if (status == "400" && metadata.OfType<QueryParameter>().ToArray() is { Length: > 0 } parameters)
                codes = codes.Concat(parameters.SelectMany(parameter => parameter.Codes.Append("repeated")));
            if (codes.Distinct().ToArray() is { Length: > 0 } all)
                response.Description = "Problem with one of the codes: " + string.Join(", ", all);
        }
        return Task.CompletedTask;
    }

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
            schema.Description = "A number, a text, a list of texts, or null.";
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
        new OpenApiSchema { Type = JsonSchemaType.Null },
    ];
}
