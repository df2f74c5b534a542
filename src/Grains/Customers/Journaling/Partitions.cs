using System.Collections.Concurrent;
using LStep.Grains.Database;

namespace LStep.Grains.Customers.Journaling;

/// <summary>
/// Partitions of the activities log by the UTC month of receipt. Months, not days: a query by customer visits every partition, a replay
/// spans years within minutes, and at millions of rows a day a month's partition is still one that can be dropped or vacuumed by itself.
/// </summary>
public sealed class Partitions(PostgresDatabase database)
{
    private readonly ConcurrentDictionary<int, bool> made = new();

    /// <summary>Called before every commit, for the receipt times in it; asks PostgreSQL once per month and process.</summary>
    internal ValueTask Ensure(DateTimeOffset receivedAt)
    {
        var month = (receivedAt.UtcDateTime.Year * 12) + receivedAt.UtcDateTime.Month;
        return made.ContainsKey(month) ? ValueTask.CompletedTask : new ValueTask(Make(month, receivedAt));
    }

    /// <summary>The month of an instant and the one after it, so that the change of the month finds its partition made.</summary>
    public async Task MakeAhead(DateTimeOffset now)
    {
        await Ensure(now);
        await Ensure(now.AddMonths(1));
    }

    /// <summary>
    /// Cuts the months that ended before an instant, as far as the daily rows have followed them. What is left of each event is a hash of
    /// its message id. Answers the partitions that went.
    /// </summary>
    public Task<List<string>> Cut(DateTimeOffset before, CancellationToken cancel) => database.Transaction(async connection =>
    {
        await using var command = connection.Named("log_cut", before.ToUniversalTime());
        command.CommandTimeout = JournalLimits.CutSecondsMax;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var gone = new List<string>();
        while (await reader.ReadAsync(cancel)) gone.Add(reader.GetString(0));
        return gone;
    }, cancel);

    private async Task Make(int month, DateTimeOffset receivedAt)
    {
        await database.Use(connection => connection.Execute("partition_ensure", default, receivedAt.ToUniversalTime()));
        made[month] = true;
    }
}
