using System.Security.Cryptography;
using System.Text;

namespace LStep.Silo.Imports;

/// <summary>What is to be known beside a file and its table.</summary>
/// <param name="Prefix">Before the ids of people, so that those of two platforms stay apart.</param>
/// <param name="Except">Ids of people who are no learners.</param>
/// <param name="Zone">Of times that are written without one.</param>
public sealed record LogOptions(
    string? Table = null, string Prefix = "", IReadOnlySet<string>? Except = null, TimeZoneInfo? Zone = null, DateOrder? Dates = null);

/// <summary>A log of another platform as rows that are messages. It is read as it is needed; no more of it is held than a record.</summary>
public abstract class LogFile
{
    private static readonly IReadOnlySet<string> NoOne = new HashSet<string>();

    private readonly ImportTable table;

    private protected LogFile(string source, string path, LogOptions options)
    {
        (Path, Options) = (path, options);
        table = options.Table is { } own ? ImportTable.Read(own) : ImportTable.OfSource(source);
    }

    /// <summary>The sources there are.</summary>
    public static IReadOnlyList<string> Sources { get; } = [MoodleLog.Source, OpenEdxLog.Source];

    /// <summary>The table of a source as it comes with the product.</summary>
    public static string BuiltInTable(string source) => ImportTable.TextOf(source);

    /// <summary>Names of events that the table has no line for, the most frequent first.</summary>
    public IEnumerable<(string Name, long Count)> Without => table.Without;

    /// <summary>How much of the file was read, 0 to 1.</summary>
    public double Done { get; private set; }

    private protected string Path { get; }

    private protected LogOptions Options { get; }

    /// <exception cref="InvalidDataException">The table, or the file as a whole, cannot be taken.</exception>
    public static LogFile Open(string source, string path, LogOptions options) =>
        source == MoodleLog.Source ? new MoodleLog(path, options) : new OpenEdxLog(path, options);

    public IEnumerable<FileRow> Rows()
    {
        using var chars = TextChars.Of(Path);
        foreach (var row in Rows(chars))
        {
            Done = chars.Done;
            yield return row;
        }
        Done = 1;
        if (chars.Damage is { } damage) yield return new FileRow(chars.Line, null, damage);
    }

    private protected abstract IEnumerable<FileRow> Rows(TextChars chars);

    private protected FileRow Row(int line, string original, LogEvent one) =>
        new(line, table.Message(one, Options.Prefix, Options.Except ?? NoOne), null, TextLines.Shown(original));

    private protected static FileRow Refused(int line, string original, string reason) =>
        new(line, null, reason, TextLines.Shown(original));

    /// <summary>An id of what has none: of its content, so that it is the same whenever it is read.</summary>
    private protected static string IdOf(string source, params ReadOnlySpan<string> content) =>
        $"{source}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', content!))).AsSpan(0, 16))}";
}
