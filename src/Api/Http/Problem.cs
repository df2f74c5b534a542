using System.Text.Json.Serialization;
using LStep.Api.Ingest;
using LStep.Domain;

namespace LStep.Api.Http;

/// <summary>One thing wrong with the input. Path is a JSON path, or the name of a query parameter.</summary>
public sealed record InputError(string Path, string Code, string Message);

/// <summary>The body of every error answer: RFC 9457 with a code that programs can switch on.</summary>
public sealed record Problem(
    string Title, int Status, string Code, string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<InputError>? Errors = null)
{
    public string Type { get; init; } = "about:blank";
}
