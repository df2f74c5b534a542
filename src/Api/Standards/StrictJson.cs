using System.Text.Encodings.Web;
using System.Text.Json;
using LStep.Api.Ingest;

namespace LStep.Api.Standards;

/// <summary>JSON as the standards have it: no name twice in one object. What no text can keep is replaced, as the ingest does.</summary>
internal static class StrictJson
{
    /// <summary>Names and texts stay as they are, in any script.</summary>
    public static JsonSerializerOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = IngestLimits.JsonDepthMax, AllowDuplicateProperties = false,
    };

    /// <param name="path">What it is, for what is told of it.</param>
    /// <exception cref="InvalidRequestException">It is none.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> body, string path = "$")
    {
        try
        {
            using var document = JsonDocument.Parse(Characters.Mended(body).ToArray(), Options);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InvalidRequestException(
                path, "malformed",
                $"This is not valid JSON, or has a name twice (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }
    }
}
