using System.Text.Json.Nodes;
using LStep.Api.Auth;
using LStep.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace LStep.Api;

/// <summary>The document at /openapi/v1.json: what the framework finds out by itself, and what it cannot know.</summary>
public static class OpenApi
{
    public static IServiceCollection AddDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "L-Step",
                Version = "v1",
                Description = "Lifecycle status tags of learners: one per customer, moved as they learn or fall silent.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
            document.Components.SecuritySchemes["session"] =
                new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = Auth.Caller.Cookie };
            document.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("session", document)] = [] },
            ];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            foreach (var taken in context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryTaken>())
            foreach (var name in taken.Names)
            {
                operation.Parameters ??= [];
                operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
            }
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    });

    /// <summary>Types that are written by converters of ours.</summary>
    private static void Describe(OpenApiSchema schema, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(StatusTag))
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. StatusTags.All.Select(tag => JsonValue.Create(tag.Code()))];
        }
        else if (type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "date-time";
        }
        else if (type == typeof(MetricValue)) schema.Description = "A number, a text, a list of texts, or null.";
        else if (type == typeof(RawJson)) schema.Description = "Any JSON.";
    }
}
