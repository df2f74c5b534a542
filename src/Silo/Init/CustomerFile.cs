using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Domain.Measuring;
using LStep.Silo.Imports;
using nietras.SeparatedValues;

namespace LStep.Silo.Init;

/// <summary>
/// Customers as a CSV with a header (comma, semicolon or tab) or as NDJSON, packed with gzip or not, with or without a mark of the byte
/// order. A column or member id, userId or customerId says who it is, every other one is a trait.
/// </summary>
public sealed class CustomerFile(string path)
{
    private const char ByteOrderMark = '\uFEFF', Unreadable = '\uFFFD';
    private static readonly string[] IdNames = ["id", "userid", "customerid"];

    /// <exception cref="InvalidDataException">The file as a whole cannot be taken; the message says why.</exception>
    public IEnumerable<FileRow> Rows()
    {
        using var reader = Open();
        var first = FirstLine(reader);
        if (first.Length == 0) throw new InvalidDataException($"{path} is empty.");
        return first[0] is '{' or '[' ? Lines() : Table(first);
    }

    private IEnumerable<FileRow> Table(string first)
    {
        using var reader = Sep.New(Separator(first)).Reader(
            options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = true }).From(Open());
        string[] names = [];
        while (reader.MoveNext())
            if (names.Length == 0) names = Header(reader.Current);
            else if (Row(reader.Current, names) is { } row) yield return row;
    }

    /// <summary>Empty for a line that is.</summary>
    private string[] Header(SepReader.Row row)
    {
        if (IsEmpty(row)) return [];
        string[] names = [.. row[..].ToStringsArray().Select(name => name.Trim().Trim(ByteOrderMark).Trim())];
        return names.Any(IsId) ? names
            : throw new InvalidDataException($"{path} has no column id (or userId, customerId): {string.Join(", ", names)}.");
    }

    private static FileRow? Row(SepReader.Row row, string[] names) =>
        IsEmpty(row) ? null
        : row.Span.Contains(Unreadable) ? new FileRow(row.LineNumberFrom, null, "it has bytes that are no UTF-8")
        : row.ColCount != names.Length
            ? new FileRow(row.LineNumberFrom, null, $"it has {row.ColCount} fields, the header {names.Length}")
        : OfFields(row.LineNumberFrom, names, Array.FindIndex(names, IsId), row[..].ToStringsArray());

    private static bool IsEmpty(SepReader.Row row) => row.Span.Trim().Trim(ByteOrderMark).IsEmpty;

    private static FileRow OfFields(int line, string[] names, int id, string[] fields)
    {
        var traits = new JsonObject();
        for (var i = 0; i < names.Length; i++)
            // Of two columns of one name the first that has a value counts.
            if (i != id && names[i].Length > 0 && !string.IsNullOrWhiteSpace(fields[i]) && !traits.ContainsKey(names[i]))
                traits[names[i]] = fields[i];
        return Message(line, JsonValue.Create(fields[id].Trim()), traits, null, null);
    }

    private IEnumerable<FileRow> Lines()
    {
        using var reader = Open();
        for (var number = 1; reader.ReadLine() is { } line; number++)
            if (line.Trim().Trim(ByteOrderMark) is { Length: > 0 } text)
                yield return OfJson(number, text);
    }

    private static FileRow OfJson(int line, string text)
    {
        if (text.Contains(Unreadable)) return new FileRow(line, null, "it has bytes that are no UTF-8");
        try
        {
            if (JsonNode.Parse(text) is not JsonObject given) return new FileRow(line, null, "it is no JSON object");
            if (given["type"] is JsonValue type
                && !(type.TryGetValue<string>(out var name) && name.Equals("identify", StringComparison.OrdinalIgnoreCase))
                && given.ContainsKey("traits"))
                return new FileRow(line, null, "it is a message, and no identify");
            var id = given.FirstOrDefault(member => IsId(member.Key));
            if (given["traits"] is JsonObject traits)
                return Message(line, id.Value, (JsonObject)traits.DeepClone(), given["messageId"], given["timestamp"]);
            var flat = new JsonObject();
            foreach (var member in given)
                if (!IsId(member.Key) && member.Value is { } value) flat[member.Key] = value.DeepClone();
            return Message(line, id.Value, flat, null, null);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return new FileRow(line, null, "it is no JSON, or names a member twice");
        }
    }

    /// <summary>A row that is read again has the id it had, so that it changes nothing; one that was changed has another.</summary>
    private static FileRow Message(int line, JsonNode? id, JsonObject traits, JsonNode? messageId, JsonNode? timestamp)
    {
        var message = new JsonObject { ["type"] = "identify", ["userId"] = id?.DeepClone(), ["traits"] = traits };
        if (timestamp is not null) message["timestamp"] = timestamp.DeepClone();
        message["messageId"] = messageId?.DeepClone()
            ?? $"init-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.ToJsonString())).AsSpan(0, 16))}";
        return new FileRow(line, message.ToJsonString(), null);
    }

    private static bool IsId(string name) => IdNames.Contains(TraitNames.Key(name));

    private static char Separator(string header) =>
        ((char[])[',', ';', '\t']).MaxBy(separator => header.Count(c => c == separator));

    private static string FirstLine(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
            if (line.Trim().Trim(ByteOrderMark).Trim() is { Length: > 0 } text)
                return text;
        return "";
    }

    private StreamReader Open()
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        Stream plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        return new StreamReader(plain, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
    }
}
