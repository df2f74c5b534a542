using nietras.SeparatedValues;

namespace LStep.Silo.Imports;

/// <param name="Fields">Null where the record cannot be read.</param>
internal readonly record struct CsvRecord(int Line, string[]? Fields, string Original, string? Reason);

/// <summary>
/// Records of a CSV file with a header, apart by comma, semicolon or tab. A record may be several lines long where a field is quoted. A
/// quote that nothing closes costs its own line only.
/// </summary>
internal sealed class CsvRecords(TextChars chars)
{
    private const int LinesMax = 100;

    private readonly LinkedList<TextLine> ahead = [];
    private SepReaderOptions? options;

    /// <summary>Null at the end. Lines with nothing in them are passed over.</summary>
    /// <param name="fields">So many a record has; 0 for as many as there are.</param>
    public CsvRecord? Next(int fields)
    {
        TextLine? first;
        while ((first = NextLine()) is { Text: var text } && string.IsNullOrWhiteSpace(text)) { }
        if (first is not { } line) return null;
        if (line.IsTooLong) return Refused(line, $"it is longer than {TextLines.CharsMax / 1024} KB");
        if (line.Text.Contains(TextChars.Unreadable)) return Refused(line, "it has bytes that are no UTF-8");
        var whole = line.Text;
        var taken = new List<TextLine>();
        for (var quotes = Quotes(whole); quotes % 2 == 1;)
        {
            var next = taken.Count < LinesMax && whole.Length < TextLines.CharsMax ? NextLine() : null;
            if (next is not { IsTooLong: false } more)
            {
                if (next is { } tooLong) ahead.AddFirst(tooLong);
                return PutBack(line, taken, "it opens a quote that nothing closes");
            }
            taken.Add(more);
            whole += "\n" + more.Text;
            quotes += Quotes(more.Text);
        }
        var read = Fields(whole);
        if (fields == 0 || read.Length == fields) return new CsvRecord(line.Number, read, TextLines.Shown(whole), null);
        return PutBack(line, taken, $"it has {read.Length} fields instead of {fields}");
    }

    private CsvRecord PutBack(TextLine line, List<TextLine> taken, string reason)
    {
        for (var i = taken.Count - 1; i >= 0; i--) ahead.AddFirst(taken[i]);
        return Refused(line, reason);
    }

    private TextLine? NextLine()
    {
        if (ahead.First is not { } first) return chars.NextLine();
        ahead.RemoveFirst();
        return first.Value;
    }

    private string[] Fields(string record)
    {
        options ??= Sep.New(((char[])[',', ';', '\t']).MaxBy(separator => record.Count(c => c == separator))).Reader(
            options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = true });
        using var reader = options.Value.FromText(record);
        return reader.MoveNext() ? reader.Current[..].ToStringsArray() : [];
    }

    private static int Quotes(string text) => text.AsSpan().Count('"');

    private static CsvRecord Refused(TextLine line, string reason) => new(line.Number, null, TextLines.Shown(line.Text), reason);
}
