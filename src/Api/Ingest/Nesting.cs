using System.Text.Json;

namespace LStep.Api.Ingest;

/// <summary>How deep an event's objects and arrays lie in one another: what reads it later has a limit.</summary>
internal static class Nesting
{
    public static bool IsTooDeep(ReadOnlySpan<byte> json)
    {
        // Few brackets cannot nest deeply, and nearly every event has few.
        if (json.Count((byte)'[') + json.Count((byte)'{') <= IngestLimits.JsonDepthMax) return false;
        var reader = new Utf8JsonReader(json, Fields.Options);
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                && reader.CurrentDepth >= IngestLimits.JsonDepthMax)
                return true;
        return false;
    }
}
