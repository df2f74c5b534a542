using System.Globalization;
using System.Text.RegularExpressions;
using LStep.Domain.Measuring;

namespace LStep.Silo.Imports;

/// <summary>The fields of one record of Moodle's log, of the table or of the report.</summary>
internal sealed partial class MoodleFields(string[] names, string[] values)
{
    /// <summary>What Moodle calls the level of an activity within a course; its instance is the course module.</summary>
    private const string ModuleLevel = "70";

    /// <summary>Columns of the report; that of the whole site has the course before them.</summary>
    private static readonly string[] Report =
        ["time", "user", "affected", "context", "component", "name", "description", "origin", "ip"];

    private static readonly string[] ReportOfSite = ["course", .. Report];

    /// <summary>What databases write where there is nothing.</summary>
    private static readonly string[] Nothing = ["NULL", "\\N"];

    /// <summary>The description names by number who did it, to whom, and where; only the report has it.</summary>
    private readonly string? description = names.Contains("description") ? Plain(values[Array.IndexOf(names, "description")]) : null;

    public bool IsOfReport => description is not null;

    public string Time => Column(IsOfReport ? "time" : "timecreated") ?? "";

    /// <summary>Names of columns by their heads; null where they are of neither form.</summary>
    public static string[]? NamesOf(string[] heads)
    {
        string[] given = [.. heads.Select(head => head?.Trim().ToLowerInvariant() ?? "")];
        return given.Contains("eventname") && given.Contains("timecreated") ? given
            : given.Length == Report.Length ? Report : given.Length == ReportOfSite.Length ? ReportOfSite : null;
    }

    /// <summary>Null where its time cannot be read.</summary>
    /// <param name="idOf">Makes an id of content.</param>
    public LogEvent? Event(MoodleDates dates, Func<string, ReadOnlySpan<string>, string> idOf)
    {
        if (IsOfReport)
            return dates.TryRead(Time, out var told)
                ? new LogEvent([Column("name") ?? "", description!], idOf(MoodleLog.Source, values), told, OfReport) : null;
        if (!Dates.TryRead(Time.AsSpan(), out var at)) return null;
        var id = Column("id") is { } own ? $"{MoodleLog.Source}-{own}" : idOf(MoodleLog.Source, values);
        return new LogEvent([Column("eventname") ?? ""], id, at, OfTable);
    }

    private string? OfTable(string field) => field switch
    {
        "cmid" => Column("contextlevel") is null or ModuleLevel ? Column("contextinstanceid") : null,
        _ when field.StartsWith("other.", StringComparison.Ordinal) => LogEvent.Within(Column("other"), field.AsSpan("other.".Length)),
        _ => Column(field),
    };

    private string? OfReport(string field) => field switch
    {
        "userid" => Number(User(), 0),
        "relateduserid" => Number(User(), 1),
        "cmid" => Number(CourseModule(), 0),
        "courseid" => Number(Course(), 0),
        _ => Column(field),
    };

    private string? Number(Regex pattern, int index) =>
        pattern.Matches(description!) is var found && found.Count > index ? found[index].Groups[1].Value : null;

    private string? Column(string name) =>
        Array.IndexOf(names, name) is >= 0 and var at && values[at].Trim() is { Length: > 0 } text && !Nothing.Contains(text)
            ? text : null;

    /// <summary>Versions of Moodle differ in an article here and there.</summary>
    private static string Plain(string description) =>
        description.Replace("the id", "id", StringComparison.Ordinal)
            .Replace("the course module", "course module", StringComparison.Ordinal);

    [GeneratedRegex(@"user with id '(-?\d+)'")]
    private static partial Regex User();

    [GeneratedRegex(@"course module (?:with )?id '(\d+)'")]
    private static partial Regex CourseModule();

    [GeneratedRegex(@"course with id '(\d+)'")]
    private static partial Regex Course();
}
