using nietras.SeparatedValues;

namespace LStep.Workbench.Replay;

/// <summary>
/// A comma-separated table with a header, packed with gzip or not; fields may stand in quotes, and empty lines do not count.
/// </summary>
public sealed class CsvTable
{
    private readonly string path;
    private readonly string[] header;

    /// <exception cref="InvalidDataException">There is nothing in it.</exception>
    public CsvTable(string path)
    {
        this.path = path;
        using var reader = Open();
        if (!MoveOn(reader)) throw new InvalidDataException($"{path} is empty");
        header = reader.Current[..].ToStringsArray();
    }

    /// <summary>One row, as the columns that were asked for, in the order they were named.</summary>
    public readonly ref struct Row(SepReader.Row row, ReadOnlySpan<int> at)
    {
        private readonly SepReader.Row row = row;
        private readonly ReadOnlySpan<int> at = at;

        public string Text(int column) => row[at[column]].ToString();

        public bool Is(int column, ReadOnlySpan<char> text) => row[at[column]].Span.SequenceEqual(text);

        /// <exception cref="FormatException">The field is no whole number.</exception>
        public int Number(int column) => row[at[column]].Parse<int>();
    }

    /// <summary>What is made of a row; the row is gone when it returns.</summary>
    public delegate T Read<out T>(Row row);

    /// <summary>The rows, each with the named columns only, in the order they are named.</summary>
    public IEnumerable<string[]> Rows(params string[] columns) => Rows(columns, row =>
    {
        var text = new string[columns.Length];
        for (var column = 0; column < text.Length; column++) text[column] = row.Text(column);
        return text;
    });

    /// <exception cref="InvalidDataException">A column is missing, or a row has more or fewer fields than the header.</exception>
    public IEnumerable<T> Rows<T>(string[] columns, Read<T> read)
    {
        var at = columns.Select(Position).ToArray();
        using var reader = Open();
        MoveOn(reader);
        while (MoveOn(reader))
        {
            if (reader.Current.ColCount != header.Length)
                throw new InvalidDataException(
                    $"{path}: {reader.Current.ColCount} fields instead of {header.Length} in '{reader.Current.Span}'");
            yield return read(new Row(reader.Current, at));
        }
    }

    /// <summary>The next row that is no empty line. The library counts those, which end many files, as rows.</summary>
    private static bool MoveOn(SepReader reader)
    {
        while (reader.MoveNext())
            if (!reader.Current.Span.IsEmpty)
                return true;
        return false;
    }

    private int Position(string column) =>
        Array.IndexOf(header, column) is >= 0 and var at ? at : throw new InvalidDataException($"{path} has no column {column}");

    /// <summary>Empty lines would fail the library's own count of fields, so ours takes its place.</summary>
    private SepReader Open() => Sep.New(',').Reader(options => options with
    {
        HasHeader = false, DisableColCountCheck = true, Unescape = true, CreateToString = SepToString.PoolPerCol(),
    }).From(TextLines.Open(path));
}
