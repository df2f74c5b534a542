namespace LStep.Workbench.Replay;

/// <summary>A comma-separated table with a header; fields may stand in quotes, none holds a comma.</summary>
public sealed class CsvTable
{
    private readonly string path;
    private readonly string[] header;

    public CsvTable(string path)
    {
        this.path = path;
        header = Fields(TextLines.Of(path).FirstOrDefault() ?? throw new InvalidDataException($"{path} is empty"));
    }

    /// <summary>The rows, each with the named columns only, in the order they are named.</summary>
    public IEnumerable<string[]> Rows(params string[] columns)
    {
        var at = columns.Select(Position).ToArray();
        foreach (var line in TextLines.Of(path).Skip(1))
        {
            var fields = Fields(line);
            if (fields.Length != header.Length)
                throw new InvalidDataException($"{path}: {fields.Length} fields instead of {header.Length} in '{line}'");
            var row = new string[at.Length];
            for (var i = 0; i < at.Length; i++) row[i] = fields[at[i]];
            yield return row;
        }
    }

    private int Position(string column) =>
        Array.IndexOf(header, column) is >= 0 and var at ? at : throw new InvalidDataException($"{path} has no column {column}");

    private static string[] Fields(string line)
    {
        var fields = line.Split(',');
        if (line.Contains('"', StringComparison.Ordinal))
            for (var i = 0; i < fields.Length; i++) fields[i] = fields[i].Trim('"');
        return fields;
    }
}
