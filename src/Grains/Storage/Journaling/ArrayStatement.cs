using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Storage;

/// <summary>A named statement whose parameters are columns, one array each. The lists are kept from commit to commit.</summary>
internal abstract class ArrayStatement(string query)
{
    private readonly List<System.Collections.IList> _columns = [];

    public NpgsqlBatchCommand Command { get; } = new(Sql.Query(query));

    public int Rows => _columns[0].Count;

    public virtual void Clear()
    {
        foreach (var column in _columns) column.Clear();
    }

    protected List<T> Column<T>(NpgsqlDbType type)
    {
        var column = new List<T>();
        _columns.Add(column);
        Command.Parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = column, NpgsqlDbType = NpgsqlDbType.Array | type });
        return column;
    }

    protected List<string?> Texts() => Column<string?>(NpgsqlDbType.Text);

    protected List<DateTimeOffset?> Instants() => Column<DateTimeOffset?>(NpgsqlDbType.TimestampTz);

    protected List<decimal?> Decimals() => Column<decimal?>(NpgsqlDbType.Numeric);

    protected List<int?> Integers() => Column<int?>(NpgsqlDbType.Integer);

    protected List<bool> Booleans() => Column<bool>(NpgsqlDbType.Boolean);
}
