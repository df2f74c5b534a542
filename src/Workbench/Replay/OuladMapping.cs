using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LStep.Api.Http;
using LStep.Domain;

namespace LStep.Workbench.Replay;

/// <summary>
/// Turns the events of one presentation into messages for the ingest. It remembers which tutor-marked assessments a
/// learner has passed, so the events must come in their order.
/// </summary>
public sealed class OuladMapping(OuladPresentation presentation)
{
    private const decimal PassingScore = 40;
    private const int ClicksThatSpeak = 5;

    private readonly Dictionary<string, HashSet<int>> passed = new(StringComparer.Ordinal);
    private readonly SegmentWriter messages = new();

    /// <summary>None, one or two messages.</summary>
    public IEnumerable<SegmentMessage> Map(OuladEvent e) => e.Type switch
    {
        "enrolled" => [Identify(e)],
        "session_start" => [Track(e, "Logged In")],
        "page_view" => [Page(e)],
        "lesson_view" => [e.FirstOpen ? Track(e, "Lesson Completed", json => json.WriteString("lessonId", Id(e.SiteId))) : Page(e)],
        "quiz_activity" or "feature_use" or "live_session" =>
            [Track(e, "Feature Used", json => json.WriteString("featureId", Id(e.SiteId)))],
        "forum_activity" => [e.Count >= ClicksThatSpeak ? Track(e, "Comment Made") : Page(e)],
        "assessment_submitted" => Assessment(e),
        // An outcome to compare with, never told to the product.
        "unregistered" => [],
        _ => throw new InvalidDataException($"'{e.Type}' ({e.EventId}) is no event type of the OULAD sample"),
    };

    private IEnumerable<SegmentMessage> Assessment(OuladEvent e)
    {
        if (e is not { Score: { } score, AssessmentId: { } assessment }) yield break;
        yield return Track(e, "Assessment Taken", json =>
        {
            json.WriteString("assessmentId", Id(assessment));
            json.WriteNumber("score", score);
            json.WriteBoolean("final", assessment == presentation.FinalAssessment);
        });
        if (e.Kind != "TMA" || score < PassingScore) yield break;

        var sofar = passed.TryGetValue(e.LearnerId, out var known) ? known : passed[e.LearnerId] = [];
        sofar.Add(assessment);
        var completion = Math.Round(100m * sofar.Count / presentation.TutorMarked.Count, 4);
        yield return Track(e with { EventId = e.EventId + "-m" }, "Module Completed", json =>
        {
            json.WriteString("moduleId", Id(assessment));
            json.WriteNumber("curriculumCompletion", completion);
        });
    }

    private SegmentMessage Identify(OuladEvent e)
    {
        var (tier, ltv) = TierOf(e.LearnerId);
        return messages.Identify(e.EventId, e.LearnerId, e.OccurredAt, json =>
        {
            json.WriteString("createdAt", MessageTime.Text(e.OccurredAt));
            json.WriteString(
                "startsAt", MessageTime.Text(new DateTimeOffset(presentation.DayZero.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)));
            json.WriteString("tier", tier);
            json.WriteNumber("ltv", ltv);
            WriteSource(json, e);
        });
    }

    /// <summary>The data name no tier; one drawn from the learner's id stays the same in every run.</summary>
    public static (string Tier, decimal Ltv) TierOf(string learnerId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(learnerId), hash);
        return (BinaryPrimitives.ReadUInt32BigEndian(hash) % 100) switch
        {
            < 60 => ("Freemium", 0m),
            < 95 => ("Pro", 1200m),
            _ => ("Enterprise", 8000m),
        };
    }

    private SegmentMessage Track(OuladEvent e, string name, Action<Utf8JsonWriter>? properties = null) =>
        messages.Track(e.EventId, e.LearnerId, e.OccurredAt, name, json =>
        {
            properties?.Invoke(json);
            WriteSource(json, e);
        });

    private SegmentMessage Page(OuladEvent e) =>
        messages.Page(e.EventId, e.LearnerId, e.OccurredAt, e.Activity ?? "", json =>
        {
            json.WriteString("siteId", Id(e.SiteId));
            WriteSource(json, e);
        });

    private static void WriteSource(Utf8JsonWriter json, OuladEvent e)
    {
        json.WriteNumber("count", e.Count ?? 1);
        json.WriteString("sourceType", e.Type);
        json.WriteString("course", e.Course);
    }

    private static string Id(int? id) => id?.ToString() ?? "";
}
