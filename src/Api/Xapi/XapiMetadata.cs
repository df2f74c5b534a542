using System.Text.Json.Nodes;
using LStep.Api.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace LStep.Api.Xapi;

/// <summary>A page of statements.</summary>
/// <param name="More">The address that goes on; empty at the end.</param>
public sealed record StatementResult(IReadOnlyList<JsonObject> Statements, string More);

/// <summary>A statement, for the OpenAPI document; the standard says what each part may be.</summary>
public sealed record XapiStatement(
    JsonObject Actor, JsonObject Verb, JsonObject Object, string? Id = null, JsonObject? Result = null, JsonObject? Context = null,
    string? Timestamp = null);

/// <summary>What the OpenAPI document says of the door.</summary>
internal static class XapiMetadata
{
    public static OperationBody Statement { get; } = new(typeof(XapiStatement), new XapiStatement(
        new JsonObject { ["account"] = new JsonObject { ["homePage"] = "https://school.example", ["name"] = "ada" } },
        new JsonObject { ["id"] = "http://adlnet.gov/expapi/verbs/completed" },
        new JsonObject
        {
            ["id"] = "https://school.example/lesson/7",
            ["definition"] = new JsonObject { ["type"] = "http://adlnet.gov/expapi/activities/lesson" },
        },
        "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"));

    public static IProducesResponseTypeMetadata NoContent { get; } =
        new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent, typeof(void));

    public static ProblemResponse Conflict { get; } = new(StatusCodes.Status409Conflict, "statement_conflict");

    public static IProducesResponseTypeMetadata Answer(Type type) =>
        new ProducesResponseTypeMetadata(StatusCodes.Status200OK, type, ["application/json"]);

    public static object[] Texts(params string[] names) =>
        [.. names.Select(name => (object)new QueryParameter(name, new OpenApiSchema { Type = JsonSchemaType.String }, "bad_request"))];
}
