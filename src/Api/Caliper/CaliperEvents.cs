using System.Text.Json;
using LStep.Api.Standards;

namespace LStep.Api.Caliper;

/// <summary>What an event is recorded as.</summary>
internal static class CaliperEvents
{
    private const string EventEnding = "Event";

    /// <summary>Null where nothing is recorded: by the map, or because nobody is named who could have learned.</summary>
    public static LearningEvent? Of(JsonElement told, LearningMap map)
    {
        var (type, action) = (Text(told, "type")!, Text(told, "action")!);
        var subject = Entity(told, "object");
        var rule = map.Find(type, action, subject is { } typed ? Text(typed, "type") : null);
        if (rule is { Event: null } || LearnerOf(told, type, subject) is not { } learner) return null;
        return new LearningEvent(
            LastPart(learner), Text(told, "id")!, rule?.Event ?? $"{type[..^EventEnding.Length]} {action}".Trim(), Text(told, "eventTime"),
            CaliperEnvelope.IdOf(told, "object"), subject is { } known ? Text(known, "name") : null,
            Entity(told, "generated") is { } generated ? Percent(generated) : null, null,
            [("type", type), ("action", action), ("edApp", CaliperEnvelope.IdOf(told, "edApp"))], rule?.Properties);
    }

    /// <summary>Who acted; where somebody is graded, who was. Programs and organisations do not learn.</summary>
    private static string? LearnerOf(JsonElement told, string type, JsonElement? subject)
    {
        if (type == "GradeEvent" && subject is { } attempt && CaliperEnvelope.IdOf(attempt, "assignee") is { } assignee) return assignee;
        return Entity(told, "actor") is { } actor && Text(actor, "type") is not (null or "Person" or "Agent")
            ? null : CaliperEnvelope.IdOf(told, "actor");
    }

    /// <summary>The platform's own id of a person, where its IRI ends with it.</summary>
    private static string LastPart(string iri) => Uri.UnescapeDataString(iri.TrimEnd('/', '#').Split('/', '#', ':')[^1]);

    private static decimal? Percent(JsonElement score)
    {
        if (Number("scoreGiven") is not { } given || Number("maxScore") is not { } most || most <= 0) return null;
        var percent = given / most * 100;
        return percent is >= 0 and <= 100 ? Math.Round((decimal)percent, 4) : null;

        double? Number(string name) =>
            score.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
    }

    private static JsonElement? Entity(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
