using Microsoft.AspNetCore.Http.Metadata;

namespace LStep.Api.Http;

/// <summary>Metadata of an endpoint, for the OpenAPI document: it may answer this status with a problem of one of these codes.</summary>
public sealed class ProblemResponse(int status, params string[] codes) : IProducesResponseTypeMetadata
{
    public Type Type => typeof(Problem);

    public int StatusCode => status;

    public IEnumerable<string> ContentTypes => [Problems.ContentType];

    public IReadOnlyList<string> Codes => codes;
}
