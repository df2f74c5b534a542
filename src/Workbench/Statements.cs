using Npgsql;

namespace LStep.Workbench;

/// <summary>Runs the statements of sql/workbench, however long they take.</summary>
internal static class Statements
{
    public static async Task Run(NpgsqlDataSource source, string query, CancellationToken cancel, params object[] values)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await Run(connection, query, cancel, values);
    }

    public static async Task Run(NpgsqlConnection connection, string query, CancellationToken cancel, params object[] values)
    {
        await using var command = Of(connection, query, values);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<List<T>> Rows<T>(
        NpgsqlDataSource source, string query, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] values)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = Of(connection, query, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>Npgsql wants the word COPY itself first, before any comment.</summary>
    public static string Copy(string query)
    {
        var text = WorkbenchSql.Query(query);
        return text[text.IndexOf("COPY", StringComparison.Ordinal)..];
    }

    private static NpgsqlCommand Of(NpgsqlConnection connection, string query, object[] values)
    {
        var command = new NpgsqlCommand(WorkbenchSql.Query(query), connection) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
