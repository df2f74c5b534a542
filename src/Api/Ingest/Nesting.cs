using System.Buffers;
using System.Text;
using System.Text.Json;

namespace LStep.Api.Ingest;

/// <summary>How deep an event's objects and arrays lie in one another: what reads it later has a limit.</summary>
internal static class Nesting
{
    /// <summary>The object as it came, but without members that nest too deeply: the event itself did happen.</summary>
    /// <param name="json">One JSON object, a member of the event.</param>
    public static string Shallow(ReadOnlySpan<byte> json)
    {
        // Few brackets cannot nest deeply, and nearly every event has few.
        if (json.Count((byte)'[') + json.Count((byte)'{') < IngestLimits.JsonDepthMax) return Encoding.UTF8.GetString(json);
        var kept = new ArrayBufferWriter<byte>(json.Length);
        kept.Write("{"u8);
        var reader = new Utf8JsonReader(json, Fields.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Read();
            if (SkipsDeep(ref reader)) continue;
            if (kept.WrittenCount > 1) kept.Write(","u8);
            kept.Write(json[start..(int)reader.BytesConsumed]);
        }
        kept.Write("}"u8);
        return Encoding.UTF8.GetString(kept.WrittenSpan);
    }

    /// <summary>Leaves the reader at the value's end; true when the value nests too deeply, the event itself counted.</summary>
    private static bool SkipsDeep(ref Utf8JsonReader reader)
    {
        var deep = false;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return deep;
        for (var outer = reader.CurrentDepth; ; reader.Read())
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                deep |= reader.CurrentDepth + 1 >= IngestLimits.JsonDepthMax;
            else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray && reader.CurrentDepth == outer)
                return deep;
    }
}
