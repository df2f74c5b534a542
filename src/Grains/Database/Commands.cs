using Npgsql;

namespace LStep.Grains.Database;

/// <summary>Named queries on a connection; parameters are positional ($1, $2 …). A null needs its type: use <see cref="Db"/>.</summary>
internal static class Commands
{
    public static NpgsqlCommand Named(this NpgsqlConnection connection, string query, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(Sql.Query(query), connection);
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    public static async Task<int> Execute(this NpgsqlConnection connection, string query, CancellationToken cancel, params object[] values)
    {
        await using var command = connection.Named(query, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The first column of the only row; default when there is none or it is null.</summary>
    public static async Task<T?> Value<T>(this NpgsqlConnection connection, string query, CancellationToken cancel, params object[] values)
    {
        await using var command = connection.Named(query, values);
        return await command.ExecuteScalarAsync(cancel) is T value ? value : default;
    }

    public static async Task<List<T>> Rows<T>(
        this NpgsqlConnection connection, string query, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] values)
    {
        await using var command = connection.Named(query, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static int? IntOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static long? LongOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static decimal? DecimalOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);

    public static DateTimeOffset Instant(this NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    public static DateTimeOffset? InstantOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Instant(column);
}
