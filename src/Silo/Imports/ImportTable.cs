using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LStep.Silo.Imports;

/// <summary>
/// What events of a source become: a CSV file with the columns event, becomes, who, properties and when. The first line that fits counts;
/// what no line fits is left out.
/// </summary>
internal sealed class ImportTable
{
    private const string Folder = "imports/";
    private const string LeaveOut = "-";
    private const string Page = "page";
    private const int NamesCountedMax = 10_000;

    private static readonly string[] Columns = ["event", "becomes", "who", "properties", "when"];

    /// <summary>Systems write these where nobody did it: cron, visitors without an account.</summary>
    private static readonly string[] Nobody = ["0", "-1", "null", "None"];

    private readonly List<Line> lines = [];
    private readonly Dictionary<string, long> without = new(StringComparer.Ordinal);

    private ImportTable() { }

    /// <param name="Names">What the event's name fits.</param>
    /// <param name="Properties">Each with what fills it.</param>
    /// <param name="When">All of them have to hold.</param>
    private sealed record Line(
        Regex Names, string Becomes, string Who, (string Name, string Value)[] Properties, (string Field, bool Is, string Value)[] When);

    /// <summary>Names of events that no line names, the most frequent first.</summary>
    public IEnumerable<(string Name, long Count)> Without =>
        without.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value));

    /// <summary>The table that comes with the product, as it is written.</summary>
    public static string TextOf(string source)
    {
        using var reader = new StreamReader(Resource(source));
        return reader.ReadToEnd();
    }

    public static ImportTable OfSource(string source) => Read(new TextChars(Resource(source)), $"{source}.csv");

    /// <exception cref="InvalidDataException">The file cannot be meant; it says the line.</exception>
    public static ImportTable Read(string path) => Read(TextChars.Of(path), path);

    private static Stream Resource(string source) => typeof(ImportTable).Assembly.GetManifestResourceStream($"{Folder}{source}.csv")!;

    private static ImportTable Read(TextChars file, string path)
    {
        using var chars = file;
        var records = new CsvRecords(chars);
        var table = new ImportTable();
        if (records.Next(0) is not { Fields: { } header } || !header.Select(name => name.Trim()).SequenceEqual(Columns))
            throw new InvalidDataException($"{path}, line 1: the columns have to be {string.Join(",", Columns)}.");
        while (records.Next(Columns.Length) is { } record)
            if (record.Fields is null) throw new InvalidDataException($"{path}, line {record.Line}: {record.Reason}.");
            else if (!record.Fields[0].StartsWith('#')) table.lines.Add(Parsed($"{path}, line {record.Line}", record.Fields));
        return table.lines.Count > 0 ? table : throw new InvalidDataException($"{path} has no line but its header.");
    }

    /// <returns>A message; null where the event is left out.</returns>
    /// <param name="prefix">Before the ids of people.</param>
    /// <param name="except">Ids of people who are no learners.</param>
    public string? Message(LogEvent one, string prefix, IReadOnlySet<string> except)
    {
        if (lines.FirstOrDefault(line => IsNamed(line, one) && Holds(line, one)) is not { } fit)
        {
            if (!lines.Exists(line => IsNamed(line, one)) && (without.Count < NamesCountedMax || without.ContainsKey(one.Name)))
                without[one.Name] = without.GetValueOrDefault(one.Name) + 1;
            return null;
        }
        var who = one.Value(fit.Who)?.Trim();
        if (fit.Becomes == LeaveOut || string.IsNullOrEmpty(who) || Nobody.Contains(who) || except.Contains(who)) return null;
        var properties = new JsonObject { ["sourceType"] = one.Name };
        foreach (var (name, value) in fit.Properties)
            if (one.Value(value) is { } text) properties[name] = LogEvent.Number(text) is { } number && name == "score" ? number : text;
        var message = new JsonObject
        {
            ["type"] = fit.Becomes == Page ? Page : "track", ["userId"] = prefix + who, ["messageId"] = one.Id,
            ["timestamp"] = one.At.ToString("O"), ["properties"] = properties,
        };
        if (fit.Becomes == Page) message["name"] = properties["name"]?.DeepClone() ?? one.Name;
        else message["event"] = fit.Becomes;
        return message.ToJsonString();
    }

    private static bool IsNamed(Line line, LogEvent one)
    {
        foreach (var name in one.Names)
            if (line.Names.IsMatch(name)) return true;
        return false;
    }

    private static bool Holds(Line line, LogEvent one)
    {
        foreach (var (field, isEqual, value) in line.When)
            if (IsEqual(one.Value(field) ?? "", value) != isEqual) return false;
        return true;
    }

    /// <summary>Numbers by their value: logs write 1, 1.0 and "1".</summary>
    private static bool IsEqual(string found, string value) =>
        LogEvent.Number(found) is { } a && LogEvent.Number(value) is { } b ? a == b
            : found.Equals(value, StringComparison.OrdinalIgnoreCase);

    private static Line Parsed(string place, string[] fields)
    {
        var (name, becomes, who) = (fields[0].Trim(), fields[1].Trim(), fields[2].Trim());
        if (name.Length == 0 || becomes.Length == 0)
            throw new InvalidDataException($"{place}: event and becomes are needed; {LeaveOut} leaves an event out.");
        if (who.Length == 0 && becomes != LeaveOut)
            throw new InvalidDataException($"{place}: who is needed, the field that says whose event it is.");
        return new Line(
            new Regex(
                $"^{Regex.Escape(name).Replace("\\*", ".*", StringComparison.Ordinal)}$",
                RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant),
            becomes, who,
            [.. Parts(fields[3]).Select(part => part.Split('=', 2) is [var property, var value] ? (property.Trim(), value.Trim())
                : throw new InvalidDataException($"{place}: '{part}' is no property such as lessonId=cmid."))],
            [.. Parts(fields[4]).Select(part => Condition(part)
                ?? throw new InvalidDataException($"{place}: '{part}' is no condition such as source=server or state!=0."))]);
    }

    private static (string, bool, string)? Condition(string part) =>
        part.Split("!=", 2) is [var unequal, var not] ? (unequal.Trim(), false, not.Trim())
        : part.Split('=', 2) is [var equal, var value] ? (equal.Trim(), true, value.Trim()) : null;

    private static string[] Parts(string text) => text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
