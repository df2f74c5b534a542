using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LStep.Api.Ingest;
using LStep.Domain.Measuring;

namespace LStep.Workbench.Replay;

/// <summary>A file with a Segment message a line, or several as an array or a batch, in any order, read as the ingest does.</summary>
public static class SegmentLines
{
    // As deep as anybody writes: the ingest takes what nests deeper, too, without the part that does.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 4_096 };

    /// <param name="leftOut">Told of a line, or a message in it, that cannot be played: where it is and why.</param>
    public static IEnumerable<SegmentMessage> Of(string path, Action<string> leftOut)
    {
        foreach (var (number, line) in TextLines.Of(path))
            foreach (var message in Messages(line, number, why => leftOut($"{path}, line {number}: {why}")))
                yield return message;
    }

    private static List<SegmentMessage> Messages(string line, int number, Action<string> leftOut)
    {
        var messages = new List<SegmentMessage>();
        try
        {
            using var document = JsonDocument.Parse(Characters.Mended(Encoding.UTF8.GetBytes(line)).ToArray(), Deep);
            foreach (var element in In(document.RootElement))
                if (element.ValueKind != JsonValueKind.Object) leftOut("it is no JSON object");
                else if (At(element) is not { } at) leftOut("it has no timestamp that can be read; a replay needs to know when");
                else messages.Add(new SegmentMessage(Sender(element), at, WithMessageId(element, number, messages.Count)));
        }
        catch (JsonException e)
        {
            leftOut($"it is no JSON (at byte {e.BytePositionInLine + 1})");
        }
        return messages;
    }

    private static JsonElement[] In(JsonElement line)
    {
        if (line.ValueKind == JsonValueKind.Object && line.TryGetProperty("batch", out var batch)) line = batch;
        return line.ValueKind == JsonValueKind.Array ? [.. line.EnumerateArray()] : [line];
    }

    private static string Sender(JsonElement message) => Text(message, "userId") ?? Text(message, "anonymousId") ?? "";

    /// <summary>The same of the two that the ingest takes under a simulated clock.</summary>
    private static DateTimeOffset? At(JsonElement message)
    {
        foreach (var name in (ReadOnlySpan<string>)["timestamp", "originalTimestamp"])
            if (Text(message, name) is { } text && Dates.TryRead(text, out var at) && at >= Dates.FirstGiven)
                return at;
        return null;
    }

    /// <summary>A replay that was interrupted posts again what it had posted, so every message needs an id that stays.</summary>
    private static ReadOnlyMemory<byte> WithMessageId(JsonElement message, int number, int place)
    {
        var raw = message.GetRawText();
        if (!string.IsNullOrWhiteSpace(Text(message, "messageId"))) return Encoding.UTF8.GetBytes(raw);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw)).AsSpan(0, 8));
        var id = place == 0 ? $"line-{number}-{hash}" : $"line-{number}-{place}-{hash}";
        // At the end, since of a name sent twice the later counts, and this one may have been sent empty.
        return Encoding.UTF8.GetBytes($"{raw[..^1]},\"messageId\":\"{id}\"}}");
    }

    /// <summary>A text, or a number as it was written.</summary>
    private static string? Text(JsonElement message, string name) =>
        !message.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null;
}
