using System.Diagnostics;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Workbench.Bench.Ingest;

/// <summary>Sees from the database alone how the silo's daily rows follow the log, so that it works with the silo of any build.</summary>
internal sealed class DailyRowsWatch(NpgsqlDataSource source)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LagLookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StandWithin = TimeSpan.FromMinutes(5);

    private readonly record struct Look(bool Stand, bool AtWork, double LagSeconds);

    /// <summary>
    /// Until the rows of all that is committed by now are written; answers how much of the wait nobody was at them: the worker comes
    /// in rounds, and a machine that waits for the next one does no work.
    /// </summary>
    public async Task<TimeSpan> UntilTheyStand(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var asked = new NpgsqlCommand(Sql.Query("daily_target"), connection);
        var target = (ulong)(await asked.ExecuteScalarAsync(cancel))!;
        var (patience, idle, before) = (Stopwatch.StartNew(), TimeSpan.Zero, TimeSpan.Zero);
        while (await Once(connection, target, cancel) is { Stand: false } look)
        {
            if (patience.Elapsed > StandWithin)
                throw new TimeoutException($"the daily rows do not stand after {StandWithin.TotalSeconds:0} s");
            await Task.Delay(LookEvery, cancel);
            if (!look.AtWork) idle += patience.Elapsed - before;
            before = patience.Elapsed;
        }
        return idle;
    }

    /// <summary>Until it is told to stop; answers for how many seconds at most an entry of the log was without its daily row.</summary>
    public async Task<double> LongestLagSeconds(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        var longest = 0.0;
        while (!stop.IsCancellationRequested)
        {
            longest = Math.Max(longest, (await Once(connection, 0, CancellationToken.None)).LagSeconds);
            await Task.Delay(LagLookEvery, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return longest;
    }

    private static async Task<Look> Once(NpgsqlConnection connection, ulong target, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(WorkbenchSql.Query("bench_followed"), connection)
        {
            Parameters = { new() { Value = target, NpgsqlDbType = NpgsqlDbType.Xid8 } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) throw new InvalidDataException("the database keeps no progress of its daily rows");
        return new Look(reader.GetBoolean(0), reader.GetBoolean(1), reader.GetDouble(2));
    }
}
