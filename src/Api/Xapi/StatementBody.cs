using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Api.Standards;
using LStep.Grains;
using LStep.Grains.People;

namespace LStep.Api.Xapi;

/// <summary>A statement of a request, as it will be given back.</summary>
/// <param name="Json">With what a store adds.</param>
/// <param name="ToldAt">The timestamp that came with it, or null.</param>
internal sealed record ReceivedStatement(
    Guid Id, JsonElement Json, string Text, DateTimeOffset? ToldAt, byte[] Fingerprint, StatementParts Parts);

/// <summary>Reads the statements of a request: checked, completed, and each with what it can be found by.</summary>
internal static class StatementBody
{
    /// <param name="id">That of the address, or null.</param>
    /// <exception cref="InvalidRequestException">One of them is none.</exception>
    public static List<ReceivedStatement> Read(
        ReadOnlySpan<byte> body, Guid? id, XapiVersion version, DateTimeOffset now, Key key, string homePage, Ids fresh)
    {
        var root = StrictJson.Parse(body);
        JsonElement[] elements = root.ValueKind == JsonValueKind.Array && id is null ? [.. root.EnumerateArray().Take(Most + 1)] : [root];
        if (elements.Length > Most)
            throw new InvalidRequestException("$", "too_many_events", $"A request may bring {Most} statements at most.");
        var (read, ids) = (new List<ReceivedStatement>(elements.Length), new HashSet<Guid>());
        foreach (var (index, element) in elements.Index())
        {
            var path = root.ValueKind == JsonValueKind.Array ? $"$[{index}]" : "$";
            StatementCheck.Statement(element, path, version);
            var one = Complete(element, id, version, now, key, homePage, fresh, path);
            if (!ids.Add(one.Id))
                throw new InvalidRequestException(path + ".id", "repeated", "The statements of a request have different ids.");
            read.Add(one);
        }
        return read;
    }

    private static int Most => IngestLimits.EventsPerRequestMax;

    private static ReceivedStatement Complete(
        JsonElement element, Guid? id, XapiVersion version, DateTimeOffset now, Key key, string homePage, Ids fresh, string path)
    {
        if (Encoding.UTF8.GetByteCount(element.GetRawText()) > IngestLimits.EventBytesMax)
            throw new InvalidRequestException(
                path, Refusal.TooLarge.Code, $"The statement is larger than {IngestLimits.EventBytesMax / 1024} KB.");
        Guid? own = element.TryGetProperty("id", out var said) ? Guid.Parse(said.GetString()!) : null;
        if (id is not null && own is not null && id != own)
            throw new InvalidRequestException(path + ".id", "bad_id", "The statement has another id than the address.");
        var statement = (JsonObject)JsonNode.Parse(element.GetRawText())!;
        Normalise(statement, version);
        var fingerprint = Fingerprints.Of(statement);
        DateTimeOffset? toldAt = element.TryGetProperty("timestamp", out var timestamp)
            && Formats.TryTimestamp(timestamp.GetString()!, out var instant) ? instant : null;
        var number = id ?? own ?? fresh.Next();
        statement["id"] = number.ToString("D");
        if (toldAt is null) statement["timestamp"] = Json.Instant(now);
        statement["stored"] = Json.Instant(now);
        statement["authority"] = new JsonObject
        {
            ["objectType"] = "Agent", ["account"] = new JsonObject { ["homePage"] = homePage, ["name"] = key.Id },
        };
        statement["version"] ??= version == XapiVersion.V2 ? "2.0.0" : "1.0.0";
        var text = statement.ToJsonString(StrictJson.Plain);
        var whole = JsonElement.Parse(text);
        return new ReceivedStatement(number, whole, text, toldAt, fingerprint, new StatementParts(whole, key.Name));
    }

    /// <summary>Activities of a context are given back as arrays, and instants in UTC.</summary>
    private static void Normalise(JsonObject statement, XapiVersion version)
    {
        if (statement["timestamp"] is { } timestamp && Formats.TryTimestamp((string)timestamp!, out var at)
            && !((string)timestamp!).EndsWith('Z')) statement["timestamp"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");
        if (statement["context"]?["contextActivities"] is JsonObject activities)
            foreach (var (name, value) in activities.ToList())
                if (value is JsonObject) activities[name] = new JsonArray(value.DeepClone());
        if (statement["object"] is JsonObject subject && (string?)subject["objectType"] == "SubStatement") Normalise(subject, version);
    }
}
