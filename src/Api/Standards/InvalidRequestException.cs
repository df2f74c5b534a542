namespace LStep.Api.Standards;

/// <summary>Something in a request is not as the standard has it.</summary>
/// <param name="path">Where in the body, or the name of the parameter.</param>
public sealed class InvalidRequestException(string path, string code, string message) : Exception(message)
{
    public string Path { get; } = path;

    public string Code { get; } = code;
}
