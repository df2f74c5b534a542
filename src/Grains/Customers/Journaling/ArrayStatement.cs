using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

/// <summary>A named statement whose parameters are columns, one array each. The lists are kept from commit to commit.</summary>
internal abstract class ArrayStatement(string query)
{
    private readonly List<System.Collections.IList> columns = [];
    private readonly List<Func<NpgsqlParameter>> parameters = [];

    /// <summary>Made anew for each commit: Npgsql keeps with a command what it knew of its last connection and its last values.</summary>
    public NpgsqlBatchCommand Command()
    {
        var command = new NpgsqlBatchCommand(Sql.Query(query));
        foreach (var parameter in parameters) command.Parameters.Add(parameter());
        return command;
    }

    public int Rows => columns[0].Count;

    public void Clear()
    {
        foreach (var column in columns) column.Clear();
    }

    protected List<T> Column<T>(NpgsqlDbType type)
    {
        var column = new List<T>();
        columns.Add(column);
        parameters.Add(() => new NpgsqlParameter<List<T>> { TypedValue = column, NpgsqlDbType = NpgsqlDbType.Array | type });
        return column;
    }

    /// <summary>The number of rows, for the fence.</summary>
    protected void RowCount() => parameters.Add(() => new NpgsqlParameter<long> { TypedValue = Rows, NpgsqlDbType = NpgsqlDbType.Bigint });

    protected List<string?> Texts() => Column<string?>(NpgsqlDbType.Text);

    protected List<DateTimeOffset?> Instants() => Column<DateTimeOffset?>(NpgsqlDbType.TimestampTz);

    protected List<decimal?> Decimals() => Column<decimal?>(NpgsqlDbType.Numeric);

    protected List<int?> Integers() => Column<int?>(NpgsqlDbType.Integer);

    protected List<bool> Booleans() => Column<bool>(NpgsqlDbType.Boolean);
}
