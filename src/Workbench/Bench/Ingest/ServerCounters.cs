using Npgsql;

namespace LStep.Workbench.Bench.Ingest;

/// <summary>What PostgreSQL counted since its start.</summary>
/// <param name="WalBytes">Written ahead, by all of its databases.</param>
/// <param name="StateUpdates">Rows of states that were written anew.</param>
/// <param name="StateUpdatesInPlace">Of them those that changed no index and stayed on their page (HOT).</param>
internal sealed record ServerCounters(long WalBytes, long StateUpdates, long StateUpdatesInPlace)
{
    /// <summary>A backend tells its counts once a second at the most.</summary>
    private static readonly TimeSpan ToldWithin = TimeSpan.FromSeconds(1.5);

    public double InPlaceShare => (double)StateUpdatesInPlace / StateUpdates;

    public static ServerCounters operator -(ServerCounters after, ServerCounters before) => new(
        after.WalBytes - before.WalBytes, after.StateUpdates - before.StateUpdates,
        after.StateUpdatesInPlace - before.StateUpdatesInPlace);

    public static async Task<ServerCounters> Read(NpgsqlDataSource source, CancellationToken cancel)
    {
        await Task.Delay(ToldWithin, cancel);
        await using var command = source.CreateCommand(WorkbenchSql.Query("bench_counters"));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) throw new InvalidDataException("the database counts nothing of customer_states");
        return new ServerCounters(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }
}
