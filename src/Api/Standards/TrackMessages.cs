using System.Text.Encodings.Web;
using System.Text.Json;
using LStep.Api.Ingest;
using LStep.Grains.Events;

namespace LStep.Api.Standards;

/// <summary>Puts what came by a standard into track messages, so that the ingest takes it like everything else.</summary>
public static class TrackMessages
{
    private const int TextCharsMax = 500;

    // Names stay as they are, in any script.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A batch as /v1/batch takes it.</summary>
    /// <param name="decided">What operators decided about names: it says by which property the object is named.</param>
    public static byte[] Batch(IEnumerable<LearningEvent> events, DecidedNames decided)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("batch");
            foreach (var one in events) Write(json, one, EventNames.MeaningOf(one.Event, decided));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, LearningEvent one, EventMeaning meaning)
    {
        json.WriteStartObject();
        json.WriteString("type", "track");
        json.WriteString("userId", one.CustomerId);
        json.WriteString("messageId", one.MessageId);
        json.WriteString("event", one.Event);
        if (one.Timestamp is not null) json.WriteString("timestamp", one.Timestamp);
        json.WriteStartObject("properties");
        if (one.ObjectId is not null) json.WriteString(NameOf(meaning.Subject), one.ObjectId);
        Text(json, "name", one.ObjectName);
        // Only where a score is one of this kind: a percentage is no answer to "would you recommend us".
        if (one.Score is { } score && meaning.ScoreMax == 100) json.WriteNumber("score", score);
        if (one.Seconds is { } seconds) json.WriteNumber("seconds", seconds);
        foreach (var (name, value) in one.Further) Text(json, name, value);
        foreach (var (name, value) in one.Properties ?? new Dictionary<string, JsonElement>())
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text)) json.WriteString(name, text.Cut(TextCharsMax));
    }

    private static string NameOf(SubjectProperty subject) => subject switch
    {
        SubjectProperty.FeatureId => "featureId",
        SubjectProperty.ContentId => "contentId",
        SubjectProperty.LessonId => "lessonId",
        SubjectProperty.ModuleId => "moduleId",
        // An action is a message of ours, and a channel one of its ways: neither is what a learner works on.
        _ => "objectId",
    };
}
