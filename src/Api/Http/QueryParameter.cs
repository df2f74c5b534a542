using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace LStep.Api.Http;

/// <summary>
/// Metadata of an endpoint: a query parameter that it reads with <see cref="QueryReader"/>, and the codes of a 400 for a wrong value.
/// Parameters are read by hand so that one answer can name everything wrong with them.
/// </summary>
public sealed record QueryParameter(string Name, OpenApiSchema Schema, params string[] Codes)
{
    public static QueryParameter Cursor { get; } = new("cursor", new OpenApiSchema { Type = JsonSchemaType.String }, "bad_cursor");

    public static QueryParameter Limit(int most = QueryReader.LimitMax) => new(
        "limit",
        new OpenApiSchema
        {
            Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = most.ToString(),
            Default = JsonValue.Create(QueryReader.LimitDefault),
        },
        "bad_limit");

    public static QueryParameter Tag(string name) => new(name, EnumOf(StatusTags.All.Select(tag => tag.Code())), "bad_tag");

    public static QueryParameter OneOf(string name, IEnumerable<string> allowed) => new(name, EnumOf(allowed), $"bad_{name}");

    public static QueryParameter Text(string name) =>
        new(name, new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = QueryReader.TextCharsMax }, "too_long", "bad_text");

    public static QueryParameter Number(string name) =>
        new(name, new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" }, "bad_number");

    /// <summary>One end of a range of numbers.</summary>
    public static QueryParameter Decimal(string name) =>
        new(name, new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" }, "bad_number", "bad_range");

    /// <summary>One end of a range of days of any length.</summary>
    public static QueryParameter OpenDay(string name) =>
        new(name, new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" }, "bad_date", "bad_range");

    public static QueryParameter Day(string name) =>
        new(name, new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" }, "bad_date", "bad_range", "range_too_long");

    /// <summary>Read with <see cref="PastInstant"/>; a wrong value is a 422.</summary>
    public static QueryParameter Instant(string name) =>
        new(name, new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" });

    /// <summary>A day or an instant.</summary>
    public static QueryParameter DayOrInstant(string name) => new(name, new OpenApiSchema { Type = JsonSchemaType.String }, "bad_date");

    private static OpenApiSchema EnumOf(IEnumerable<string> values) =>
        new() { Type = JsonSchemaType.String, Enum = [.. values.Select(value => (JsonNode)JsonValue.Create(value))] };
}
