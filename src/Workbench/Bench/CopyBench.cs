using System.Diagnostics;
using Npgsql;

namespace LStep.Workbench.Bench;

/// <summary>The log as it stands, copied out and then once more into itself: same rows, same table, same indexes, one connection.</summary>
internal sealed class CopyBench(NpgsqlDataSource source)
{
    public async Task<double> Run(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var counted = new NpgsqlCommand(WorkbenchSql.Query("bench_count"), connection);
        var count = (long)(await counted.ExecuteScalarAsync(cancel))!;
        using var rows = new MemoryStream();
        await using (var export = await connection.BeginRawBinaryCopyAsync(Copy("bench_copy_out"), cancel))
            await export.CopyToAsync(rows, cancel);
        rows.Position = 0;
        var watch = Stopwatch.StartNew();
        await using (var import = await connection.BeginRawBinaryCopyAsync(Copy("bench_copy_in"), cancel))
            await rows.CopyToAsync(import, 1 << 16, cancel);
        return count / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Npgsql wants the word itself first, before any comment.</summary>
    private static string Copy(string query)
    {
        var text = WorkbenchSql.Query(query);
        return text[text.IndexOf("COPY", StringComparison.Ordinal)..];
    }
}
