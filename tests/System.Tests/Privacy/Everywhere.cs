using System.Text;
using Npgsql;

namespace LStep.System.Tests.Privacy;

/// <summary>A search through everything that is stored: each column of each table as text, bytes also as the texts they may be.</summary>
internal static class Everywhere
{
    /// <summary>Where a text stands, as "table.column: value"; upper and lower case are the same.</summary>
    public static async Task<List<string>> Find(string connectionString, string text)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var columns = new List<(string Table, string Column, string Type)>();
        await using (var command = source.CreateCommand(
            "SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c "
            + "JOIN information_schema.tables t USING (table_schema, table_name) WHERE c.table_schema = 'public' AND t.table_type = 'BASE "
            + "TABLE'"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        Assert.True(columns.Count > 200);
        var found = new List<string>();
        foreach (var (table, column, type) in columns)
        {
            var pattern = type == "bytea" ? Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)) : text;
            await using var command = source.CreateCommand(
                $"SELECT \"{column}\"::text FROM \"{table}\" WHERE position(lower($1) IN lower(\"{column}\"::text)) > 0 LIMIT 3");
            command.Parameters.Add(new NpgsqlParameter { Value = pattern });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) found.Add($"{table}.{column}: {reader.GetString(0)}");
        }
        return found;
    }
}
