using System.Text.Json;
using LStep.Api.Ingest;

namespace LStep.Api.Messages;

/// <summary>The events of one request: our own shape, or that of a provider, known by what is in it.</summary>
internal static class FeedbackBody
{
    public const int EventsMax = 1_000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = IngestLimits.JsonDepthMax };

    /// <exception cref="MalformedBodyException">The body as a whole cannot be taken.</exception>
    public static FeedbackItem[] Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            var items = Items(document.RootElement).Take(EventsMax + 1).ToArray();
            return items.Length <= EventsMax ? items
                : throw new MalformedBodyException("too_many_events", $"A request may bring {EventsMax} events at most.");
        }
        catch (JsonException e)
        {
            throw new MalformedBodyException(
                "malformed", $"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }
    }

    private static IEnumerable<FeedbackItem> Items(JsonElement body) =>
        SesFeedback.Is(body) ? SesFeedback.Read(body)
        : SendGridFeedback.Is(body) ? SendGridFeedback.Read(body)
        : body.ValueKind switch
        {
            JsonValueKind.Array => body.EnumerateArray().Select(FeedbackItem.Own),
            JsonValueKind.Object when body.TryGetProperty("events", out var events) && events.ValueKind == JsonValueKind.Array =>
                events.EnumerateArray().Select(FeedbackItem.Own),
            JsonValueKind.Object => [FeedbackItem.Own(body)],
            _ => throw new MalformedBodyException("malformed", "The body has to be a JSON object or an array of them."),
        };
}
