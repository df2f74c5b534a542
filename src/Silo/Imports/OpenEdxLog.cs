using System.Text.Json;
using LStep.Domain.Measuring;

namespace LStep.Silo.Imports;

/// <summary>
/// Tracking logs of Open edX: an event a line, as the platform writes them to its file (with or without what the system's log puts before)
/// and as its event bus shapes them (name, data, timestamp).
/// </summary>
internal sealed class OpenEdxLog(string path, LogOptions options) : LogFile(Source, path, options)
{
    public const string Source = "openedx";

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 64 };

    private protected override IEnumerable<FileRow> Rows(TextChars chars)
    {
        while (chars.NextLine() is { } line)
            if (!string.IsNullOrWhiteSpace(line.Text)) yield return Row(line);
    }

    private FileRow Row(TextLine line)
    {
        if (line.IsTooLong) return Refused(line.Number, line.Text, $"it is longer than {TextLines.CharsMax / 1024} KB");
        if (line.Text.Contains(TextChars.Unreadable)) return Refused(line.Number, line.Text, "it has bytes that are no UTF-8");
        var begin = line.Text.IndexOf('{');
        if (begin < 0) return Refused(line.Number, line.Text, "it has no JSON object");
        var json = line.Text[begin..].TrimEnd();
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            return Row(line, json, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Refused(line.Number, line.Text, "it is no JSON object, or ends too early");
        }
    }

    private FileRow Row(TextLine line, string json, JsonElement root)
    {
        var name = LogEvent.Member(root, "event_type") ?? LogEvent.Member(root, "name");
        if (string.IsNullOrEmpty(name)) return Refused(line.Number, line.Text, "it has neither event_type nor name");
        var time = LogEvent.Member(root, "time") ?? LogEvent.Member(root, "timestamp");
        if (time is null || !Dates.TryRead(time.AsSpan(), out var at))
            return Refused(line.Number, line.Text, "its time is missing or cannot be read");
        return Row(line.Number, line.Text, new LogEvent([name], IdOf(Source, json), at, Field));

        string? Field(string path) => path switch
        {
            "source" => LogEvent.Member(root, "event_source") ?? LogEvent.Member(root, "context.event_source"),
            "username" => LogEvent.Member(root, "username") ?? LogEvent.Member(root, "context.username"),
            _ => LogEvent.Member(root, path)
                ?? (path.StartsWith("event.", StringComparison.Ordinal) ? LogEvent.Member(root, $"data.{path["event.".Length..]}") : null),
        };
    }
}
