using LStep.Grains.Feeds;
using Npgsql;

namespace LStep.Grains.Storage;

/// <summary>A review as it is now. ChangeId ascends with every change of any review.</summary>
public sealed record ReviewNews(
    long ChangeId, Guid Id, string CustomerId, StatusTag From, StatusTag To, string Rule, decimal Confidence, string[] Reasons, string Status,
    DateTimeOffset OpenedAt, DateTimeOffset? DecidedAt, string? DecidedBy, int DecisionNumber);

/// <summary>What the live feed reads.</summary>
public sealed class FeedReads(Database database)
{
    public Task<List<Transition>> LedgerAfter(long id, int rowsMax, CancellationToken cancel) =>
        database.Use(connection => connection.Rows("feed_ledger_after", TransitionOf, cancel, id, rowsMax), cancel);

    public Task<long> LedgerEnd(CancellationToken cancel) =>
        database.Use(connection => connection.Value<long>("feed_ledger_end", cancel), cancel);

    public Task<TagCounts> Counts(CancellationToken cancel) => database.Use(async connection =>
    {
        var rows = await connection.Rows("feed_tag_counts", row => (Tag: row.GetString(0), Count: row.GetInt64(1), AsOf: row.GetInt64(2)), cancel);
        return TagCounts.Of(rows[0].AsOf, rows.Select(row => KeyValuePair.Create(StatusTags.Parse(row.Tag), row.Count)));
    }, cancel);

    public Task<List<ReviewNews>> ReviewChanges(long after, int rowsMax, CancellationToken cancel) =>
        database.Use(connection => connection.Rows("feed_review_changes", ReviewOf, cancel, after, rowsMax), cancel);

    public Task<long> ReviewEnd(CancellationToken cancel) =>
        database.Use(connection => connection.Value<long>("feed_review_end", cancel), cancel);

    private static Transition TransitionOf(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        CustomerId = row.GetString(1),
        Number = row.GetInt32(2),
        From = row.TextOrNull(3) is { } from ? StatusTags.Parse(from) : null,
        To = StatusTags.Parse(row.GetString(4)),
        At = row.Instant(5),
        DueAt = row.Instant(6),
        Rule = row.TextOrNull(7),
        RuleId = row.IntOrNull(8),
        RuleSetVersion = row.IntOrNull(9),
        Confidence = row.DecimalOrNull(10),
        AssignedBy = row.GetString(11),
        Reason = row.GetString(12),
        Kind = (TransitionKind)row.GetInt16(13),
        BatchId = row.TextOrNull(14),
        DecisionNumber = row.IntOrNull(15),
    };

    private static ReviewNews ReviewOf(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetString(2), StatusTags.Parse(row.GetString(3)), StatusTags.Parse(row.GetString(4)), row.GetString(5),
        row.GetDecimal(6), row.GetFieldValue<string[]>(7), row.GetString(8), row.Instant(9), row.InstantOrNull(10), row.TextOrNull(11), row.GetInt32(12));
}
