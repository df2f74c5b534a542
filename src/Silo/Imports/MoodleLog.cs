using System.Text.Json;

namespace LStep.Silo.Imports;

/// <summary>
/// Moodle's standard log: the table logstore_standard_log with its columns by name, or the download of the report, whose columns are
/// headed in any language and known by their places. Both as CSV or as JSON.
/// </summary>
internal sealed class MoodleLog(string path, LogOptions options) : LogFile(Source, path, options)
{
    public const string Source = "moodle";

    private const int SampleMax = 10_000;

    /// <summary>A record's fields by name, in their order; null where it cannot be read.</summary>
    private sealed record Record(int Line, string Original, MoodleFields? Fields, string? Reason = null);

    private protected override IEnumerable<FileRow> Rows(TextChars chars)
    {
        var dates = new MoodleDates(Options.Zone ?? TimeZoneInfo.Utc, Options.Dates ?? Sampled());
        return Records(chars).Select(record =>
            record.Fields is null ? Refused(record.Line, record.Original, record.Reason!)
            : record.Fields.Event(dates, IdOf) is { } one ? Row(record.Line, record.Original, one)
            : Refused(record.Line, record.Original, $"its time '{TextLines.Shown(record.Fields.Time)}' is missing or cannot be read"));
    }

    /// <summary>Whichever form the file has.</summary>
    private static IEnumerable<Record> Records(TextChars chars)
    {
        while (chars.Peek() is var c and not TextChars.End && (char.IsWhiteSpace((char)c) || c == '\uFEFF')) chars.Read();
        return chars.Peek() is '[' or '{' ? OfJson(chars) : OfCsv(chars);
    }

    private static IEnumerable<Record> OfCsv(TextChars chars)
    {
        var records = new CsvRecords(chars);
        var names = records.Next(0) switch
        {
            null => throw new InvalidDataException("The file is empty."),
            { Fields: { } header } => MoodleFields.NamesOf(header) ?? throw new InvalidDataException(
                $"The file has {header.Length} columns. The report's download has 9, or 10 with the course; the table "
                    + "logstore_standard_log needs a header with eventname and timecreated."),
            var unreadable => throw new InvalidDataException($"The header cannot be read: {unreadable.Value.Reason}."),
        };
        while (records.Next(names.Length) is { } record)
            yield return new Record(
                record.Line, record.Original, record.Fields is { } fields ? new MoodleFields(names, fields) : null, record.Reason);
    }

    private static IEnumerable<Record> OfJson(TextChars chars)
    {
        var records = new JsonRecords(chars);
        while (records.Next() is { } record)
            yield return record.Reason is not null ? new Record(record.Line, record.Text, null, record.Reason) : OfJson(record);
    }

    private static Record OfJson(JsonRecord record)
    {
        try
        {
            if (record.Text.Contains(TextChars.Unreadable))
                return new Record(record.Line, record.Text, null, "it has bytes that are no UTF-8");
            using var document = JsonDocument.Parse(record.Text);
            var root = document.RootElement;
            var (names, values) = root.ValueKind == JsonValueKind.Object
                ? (root.EnumerateObject().Select(member => member.Name).ToArray(), root.EnumerateObject().Select(member => member.Value))
                : (new string[root.GetArrayLength()], root.EnumerateArray());
            string[] fields = [.. values.Select(value => LogEvent.Text(value) ?? "")];
            return MoodleFields.NamesOf(names) is { } known ? new Record(record.Line, record.Text, new MoodleFields(known, fields))
                : new Record(record.Line, record.Text, null, "it is a record neither of the report nor of the table");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new Record(record.Line, record.Text, null, "it is no JSON");
        }
    }

    /// <summary>Whether the day or the month comes first, as the beginning of the file tells.</summary>
    private DateOrder? Sampled()
    {
        using var chars = TextChars.Of(Path);
        var times = Records(chars).Take(SampleMax).Select(record => record.Fields).OfType<MoodleFields>()
            .TakeWhile(fields => fields.IsOfReport).Select(fields => fields.Time);
        var order = MoodleDates.OrderOf(times, out var isTold);
        return isTold ? order : throw new InvalidDataException(
            "The file's dates may begin with the day or with the month: say which with --dates day or --dates month.");
    }
}
