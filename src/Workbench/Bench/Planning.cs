using Npgsql;

namespace LStep.Workbench.Bench;

/// <summary>Whether campaigns plan messages for what customers begin with.</summary>
internal static class Planning
{
    /// <summary>From now on nothing is planned.</summary>
    public static Task Suspend(NpgsqlDataSource source, CancellationToken cancel) => Execute(source, "bench_unplanned", cancel);

    /// <summary>From now on it is again; what came meanwhile stays without.</summary>
    public static Task Resume(NpgsqlDataSource source, CancellationToken cancel) => Execute(source, "bench_planned", cancel);

    private static async Task Execute(NpgsqlDataSource source, string query, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(WorkbenchSql.Query(query));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
