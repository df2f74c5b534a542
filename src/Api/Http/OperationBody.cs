namespace LStep.Api.Http;

/// <summary>
/// Metadata of an endpoint that reads its body by itself, for the OpenAPI document alone: unlike Accepts it turns no content type away.
/// </summary>
/// <param name="Example">One such body.</param>
public sealed record OperationBody(Type Type, object Example);
