using LStep.Grains.Database;
using LStep.Grains.Evaluations;
using LStep.Grains.Reviews;
using LStep.Grains.Transitions;
using Npgsql;

namespace LStep.Grains.Feeds;

/// <summary>What the live feed reads.</summary>
public sealed class FeedReads(PostgresDatabase database, LedgerReads ledger, BatchReads batches)
{
    public async Task<List<Transition>> LedgerAfter(long id, int rowsMax, CancellationToken cancel)
    {
        var rows = await ledger.LedgerForFeed(id, rowsMax, cancel);
        return rows.ConvertAll(row => row.Transition);
    }

    public Task<long> LedgerEnd(CancellationToken cancel) =>
        database.Hub.Use(connection => connection.Value<long>("feed_ledger_end", cancel), cancel);

    public Task<TagCounts> Counts(CancellationToken cancel) => database.InBackground(connection => Counts(connection, cancel), cancel);

    /// <summary>The same for somebody who waits for it.</summary>
    public Task<TagCounts> CountsForReport(CancellationToken cancel) =>
        database.Reports.Use(connection => Counts(connection, cancel), cancel);

    private static async Task<TagCounts> Counts(NpgsqlConnection connection, CancellationToken cancel)
    {
        var rows = await connection.Rows(
            "feed_tag_counts", row => (Tag: row.GetString(0), Count: row.GetInt64(1), AsOf: row.GetInt64(2)), cancel);
        return TagCounts.Of(rows[0].AsOf, rows.Select(row => KeyValuePair.Create(StatusTags.Parse(row.Tag), row.Count)));
    }

    public Task<List<ReviewRecord>> ReviewChanges(long after, int rowsMax, CancellationToken cancel) =>
        database.Hub.Use(connection => connection.Rows("feed_review_changes", ReviewRecord.Read, cancel, after, rowsMax), cancel);

    public Task<long> ReviewEnd(CancellationToken cancel) =>
        database.Hub.Use(connection => connection.Value<long>("feed_review_end", cancel), cancel);

    public Task<List<BatchRow>> LatestBatches(int rowsMax, CancellationToken cancel) => batches.Page(null, null, rowsMax, cancel);
}
