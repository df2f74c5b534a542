using System.Text.Json;
using LStep.Api.Ingest;
using LStep.Api.Standards;
using LStep.Grains.Events;

namespace LStep.Api.Xapi;

/// <summary>What a statement is recorded as.</summary>
internal static class StatementEvents
{
    /// <summary>Null where nothing is recorded: by the map, or because the actor is a group.</summary>
    public static LearningEvent? Of(ReceivedStatement received, string customerId, LearningMap map)
    {
        if (received.Parts.Actor.IsGroup) return null;
        var statement = received.Json;
        var verb = statement.GetProperty("verb").GetProperty("id").GetString()!;
        var subject = statement.GetProperty("object");
        var definition = Of(subject, "definition");
        var rule = map.Find(verb, definition is { } known ? Text(known, "type") : null);
        if (rule is { Event: null }) return null;
        var result = Of(statement, "result");
        var context = Of(statement, "context");
        return new LearningEvent(
            customerId, received.Id.ToString("D"), rule?.Event ?? NameOf(verb), Text(statement, "timestamp"), Text(subject, "id"),
            definition is { } described ? InAnyLanguage(Of(described, "name")) : null,
            result is { } scored && Of(scored, "score") is { } score ? Percent(score) : null,
            result is { } timed && Text(timed, "duration") is { } duration ? Formats.Seconds(duration) : null,
            [
                ("verb", verb), ("registration", context is { } placed ? Text(placed, "registration") : null),
                ("platform", context is { } played ? Text(played, "platform") : null),
            ],
            rule?.Properties);
    }

    /// <summary>The last part of the verb's IRI, as people would name what it says.</summary>
    private static string NameOf(string verb)
    {
        var name = verb.TrimEnd('/', '#').Split('/', '#', ':')[^1];
        return Uri.UnescapeDataString(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Cut(EventLimits.NameCharsMax) : verb;
    }

    /// <summary>0 to 100: by the scaled score, else by where the raw one lies between its bounds, else the raw one itself.</summary>
    private static decimal? Percent(JsonElement score)
    {
        var (scaled, raw, min, max) = (Number("scaled"), Number("raw"), Number("min"), Number("max"));
        var percent = scaled is not null ? scaled * 100
            : raw is not null && max > (min ?? 0) ? (raw - (min ?? 0)) / (max - (min ?? 0)) * 100
            : raw;
        return percent is >= 0 and <= 100 ? Math.Round((decimal)percent.Value, 4) : percent is < 0 ? 0 : null;

        double? Number(string name) => score.TryGetProperty(name, out var value) ? value.GetDouble() : null;
    }

    private static string? InAnyLanguage(JsonElement? names)
    {
        if (names is not { } map) return null;
        foreach (var field in map.EnumerateObject()) return field.Value.GetString();
        return null;
    }

    private static JsonElement? Of(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
