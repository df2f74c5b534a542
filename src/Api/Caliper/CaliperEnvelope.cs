using System.Text.Json;
using LStep.Api.Ingest;
using LStep.Api.Standards;

namespace LStep.Api.Caliper;

/// <summary>The version of an envelope's data is none that is known.</summary>
public sealed class UnknownDataVersionException(string version) : Exception(version);

/// <summary>
/// The events of an envelope, checked as the standard has them. Entities that are described are checked, and nothing is kept of them.
/// </summary>
internal static class CaliperEnvelope
{
    private const int VersionCharsToldMax = 200;

    private static readonly string[] Versions =
        ["http://purl.imsglobal.org/ctx/caliper/v1p2", "http://purl.imsglobal.org/ctx/caliper/v1p1"];

    private static readonly string[] Names = ["sensor", "sendTime", "dataVersion", "data"];

    /// <exception cref="InvalidRequestException">It is none, or one of its events is none.</exception>
    /// <exception cref="UnknownDataVersionException">It may be one, of another version.</exception>
    public static List<JsonElement> Events(ReadOnlySpan<byte> body)
    {
        var envelope = StrictJson.Parse(body);
        if (envelope.ValueKind != JsonValueKind.Object) throw Wrong("$", "wrong_type", "An envelope is a JSON object.");
        foreach (var field in envelope.EnumerateObject())
            if (!Names.Contains(field.Name, StringComparer.Ordinal))
                throw Wrong("$", "unknown_property", $"An envelope has {string.Join(", ", Names)}, and nothing else.");
        _ = Text(envelope, "sensor", "$");
        Instant(envelope, "sendTime", "$");
        var version = Text(envelope, "dataVersion", "$");
        if (!Versions.Contains(version.TrimEnd('/')))
            throw new UnknownDataVersionException(version.Cut(VersionCharsToldMax));
        if (!envelope.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array || data.GetArrayLength() == 0)
            throw Wrong("$.data", "missing", "data is an array of at least one event or entity.");
        if (data.GetArrayLength() > IngestLimits.EventsPerRequestMax)
            throw Wrong(
                "$.data", "too_many_events", $"An envelope may bring {IngestLimits.EventsPerRequestMax} events and entities at most.");
        var events = new List<JsonElement>();
        foreach (var (index, item) in data.EnumerateArray().Index())
            if (IsEvent(item, $"$.data[{index}]")) events.Add(item);
        return events;
    }

    private static bool IsEvent(JsonElement item, string path)
    {
        if (item.ValueKind != JsonValueKind.Object) throw Wrong(path, "wrong_type", "Events and entities are JSON objects.");
        if (item.GetRawText().Length > IngestLimits.EventBytesMax) throw Wrong(path, Refusal.TooLarge.Code, Refusal.TooLarge.Message);
        var id = Text(item, "id", path);
        var isEvent = Text(item, "type", path).EndsWith("Event", StringComparison.Ordinal);
        if (!isEvent) return false;
        if (!Formats.IsIri(id)) throw Wrong(path + ".id", "bad_iri", "The id of an event is an IRI such as urn:uuid:….");
        _ = Text(item, "action", path);
        Instant(item, "eventTime", path);
        foreach (var name in new[] { "actor", "object" })
            if (IdOf(item, name) is null)
                throw Wrong($"{path}.{name}", "missing", "This is an entity with an id, or the id itself.");
        return true;
    }

    /// <summary>Of an entity that stands there as it is or by its id alone.</summary>
    public static string? IdOf(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var entity)) return null;
        if (entity.ValueKind == JsonValueKind.Object && !entity.TryGetProperty("id", out entity)) return null;
        return entity.ValueKind == JsonValueKind.String && entity.GetString() is { } id && !string.IsNullOrWhiteSpace(id) ? id : null;
    }

    private static string Text(JsonElement parent, string name, string path) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text : throw Wrong($"{path}.{name}", "missing", "This is a text, and needed here.");

    private static void Instant(JsonElement parent, string name, string path)
    {
        if (!Formats.IsTimestamp(Text(parent, name, path)))
            throw Wrong($"{path}.{name}", "bad_timestamp", "This is an instant of ISO 8601 such as 2026-03-10T12:00:00.000Z.");
    }

    private static InvalidRequestException Wrong(string path, string code, string message) => new(path, code, message);
}
