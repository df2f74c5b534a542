using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LStep.Workbench.Simulation;

namespace LStep.Workbench.Replay;

/// <summary>A file with one Segment message a line, in any order.</summary>
public static class SegmentLines
{
    public static IEnumerable<SegmentMessage> Of(string path)
    {
        var number = 0;
        foreach (var line in TextLines.Of(path))
        {
            number++;
            yield return Message(path, number, line);
        }
    }

    private static SegmentMessage Message(string path, int number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var sender = Text(root, "userId") ?? Text(root, "anonymousId") ?? "";
            var time = Text(root, "timestamp") ?? Text(root, "originalTimestamp");
            if (!MessageTime.TryParse(time, out var at))
                throw new InvalidDataException($"{path}, line {number}: no timestamp that can be read; a replay needs to know when");
            var json = Encoding.UTF8.GetBytes(line);
            return new SegmentMessage(sender, at, Text(root, "messageId") is null ? WithMessageId(root, json, number) : json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}, line {number}: {e.Message}", e);
        }
    }

    /// <summary>A replay that was interrupted posts again what it had posted, so every message needs an id that stays.</summary>
    private static ReadOnlyMemory<byte> WithMessageId(JsonElement root, byte[] line, int number)
    {
        var buffer = new ArrayBufferWriter<byte>(line.Length + 64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("messageId", $"line-{number}-{Convert.ToHexStringLower(SHA256.HashData(line).AsSpan(0, 8))}");
            foreach (var property in root.EnumerateObject())
                if (property.Name != "messageId")
                    property.WriteTo(json);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
}
