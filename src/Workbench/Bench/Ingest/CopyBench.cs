using System.Diagnostics;
using Npgsql;

namespace LStep.Workbench.Bench.Ingest;

/// <summary>
/// The newest rows of the log copied out, and then into an empty table of the same columns and indexes, by one connection: what
/// PostgreSQL can take of them at the most.
/// </summary>
internal sealed class CopyBench(NpgsqlDataSource source)
{
    /// <summary>Rows a second.</summary>
    public async Task<double> Run(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await Execute("bench_copy_table", connection, cancel);
        using var rows = new MemoryStream();
        await using (var export = await connection.BeginRawBinaryCopyAsync(Statements.Copy("bench_copy_out"), cancel))
            await export.CopyToAsync(rows, cancel);
        rows.Position = 0;
        var watch = Stopwatch.StartNew();
        await using (var import = await connection.BeginRawBinaryCopyAsync(Statements.Copy("bench_copy_in"), cancel))
            await rows.CopyToAsync(import, 1 << 16, cancel);
        var took = watch.Elapsed;
        await using var counted = new NpgsqlCommand(WorkbenchSql.Query("bench_copy_count"), connection);
        var count = (long)(await counted.ExecuteScalarAsync(cancel))!;
        await Execute("bench_copy_drop", connection, cancel);
        return count / took.TotalSeconds;
    }

    private static async Task Execute(string query, NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(WorkbenchSql.Query(query), connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
