using System.Text.Json;

namespace LStep.Workbench.Replay;

/// <summary>An event file of the OULAD sample: one JSON event a line, ascending by day.</summary>
public static class OuladEventFile
{
    /// <summary>A file may hold several presentations; each is read on its own, so that they can be merged by date.</summary>
    public static IEnumerable<OuladPresentation> Presentations(string path)
    {
        var spans = new Dictionary<string, (DateOnly Zero, int First, int Last)>(StringComparer.Ordinal);
        var tutorMarked = new Dictionary<string, Dictionary<int, int?>>(StringComparer.Ordinal);
        foreach (var e in Events(path))
        {
            if (!spans.TryGetValue(e.Course, out var span))
            {
                span = (DateOnly.FromDateTime(e.OccurredAt.UtcDateTime).AddDays(-e.Day), e.Day, e.Day);
                tutorMarked.Add(e.Course, []);
            }
            spans[e.Course] = span with { Last = e.Day };
            if (e is { Kind: "TMA", AssessmentId: { } assessment })
                tutorMarked[e.Course][assessment] = e.DueDay;
        }
        var alone = spans.Count == 1;
        foreach (var (course, span) in spans)
            yield return new OuladPresentation(course, span.Zero, span.First, span.Last, tutorMarked[course],
                () => alone ? Events(path) : Events(path).Where(e => e.Course == course));
    }

    public static IEnumerable<OuladEvent> Events(string path)
    {
        foreach (var (number, line) in TextLines.Of(path))
            yield return Parse(number, line) ?? throw new InvalidDataException($"{path}, line {number}: no event");

        OuladEvent? Parse(int number, string line)
        {
            try
            {
                return JsonSerializer.Deserialize(line, OuladJson.Default.OuladEvent);
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"{path}, line {number}: {e.Message}", e);
            }
        }
    }
}
