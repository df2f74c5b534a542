using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Storage;

public sealed record RejectedRow(long Id, DateTimeOffset ReceivedAt, string Code, string Message, string? MessageId, string? CustomerId, string Body);

public sealed record FlagRow(string Name, string Value, DateTimeOffset ChangedAt, string ChangedBy);

public sealed record RuleRecord(
    int Version, int Id, string Name, string[] From, string To, string Conditions, int Priority, bool Automatic, bool RequiresApproval, bool UsualRhythm,
    string Notification, bool Active);

public sealed record RuleSetRecord(int Version, string Author, string Comment, DateTimeOffset PublishedAt, IReadOnlyList<RuleRecord> Rules);

/// <summary>What the API reads about the whole: ledger, reviews, rules, batches, flags, rejected events.</summary>
public sealed class OperationsReads(Database database)
{
    /// <summary>In commit order.</summary>
    public Task<List<LedgerRow>> Ledger(long after, int rowsMax, CancellationToken cancel) =>
        database.Use(connection => connection.Rows("ledger_page", LedgerRow.Read, cancel, after, rowsMax), cancel);

    /// <summary>Newest first, below an id.</summary>
    public Task<List<LedgerRow>> LedgerBackward(long below, int rowsMax, CancellationToken cancel) =>
        database.Use(connection => connection.Rows("ledger_backward", LedgerRow.Read, cancel, below, rowsMax), cancel);

    /// <summary>Newest first, before a place where one is given.</summary>
    public Task<List<ReviewRecord>> Reviews(string? status, DateTimeOffset? openedBefore, Guid beforeId, int rowsMax, CancellationToken cancel)
    {
        object[] values = [Db.Instant(openedBefore), beforeId, rowsMax];
        return database.Use(
            connection => status is not null
                ? connection.Rows("reviews_page_of_status", ReviewRecord.Read, cancel, [.. values, status])
                : connection.Rows("reviews_page", ReviewRecord.Read, cancel, values),
            cancel);
    }

    /// <summary>Newest first, before a place where one is given.</summary>
    public Task<List<BatchRow>> Batches(DateTimeOffset? startedBefore, string? beforeId, int rowsMax, CancellationToken cancel) => database.Use(
        connection => connection.Rows("batches_page", BatchRow.Read, cancel, Db.Instant(startedBefore), Db.Text(beforeId), Db.Text(null), rowsMax), cancel);

    public async Task<BatchRow?> Batch(string id, CancellationToken cancel) =>
        (await database.Use(
            connection => connection.Rows("batches_page", BatchRow.Read, cancel, Db.Instant(null), Db.Text(null), Db.Text(id), 1), cancel)).SingleOrDefault();

    /// <summary>Newest first, below a version where one is given.</summary>
    public Task<List<RuleSetRecord>> RuleSets(int? below, int rowsMax, CancellationToken cancel) => database.Use(async connection =>
    {
        var sets = await connection.Rows(
            "rule_set_versions_page", row => new RuleSetRecord(row.GetInt32(0), row.GetString(1), row.GetString(2), row.Instant(3), []), cancel,
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = (object?)below ?? DBNull.Value }, rowsMax);
        var rules = await connection.Rows("rules_of_versions", RuleOf, cancel, sets.Select(set => set.Version).ToArray());
        return sets.ConvertAll(set => set with { Rules = rules.FindAll(rule => rule.Version == set.Version) });
    }, cancel);

    /// <summary>Newest first, below an id where one is given.</summary>
    public Task<List<RejectedRow>> Rejected(long? below, int rowsMax, CancellationToken cancel) => database.Use(
        connection => connection.Rows(
            "rejected_page",
            row => new RejectedRow(
                row.GetInt64(0), row.Instant(1), row.GetString(2), row.GetString(3), row.TextOrNull(4), row.TextOrNull(5), row.GetString(6)),
            cancel, Db.Long(below), rowsMax), cancel);

    public Task<List<FlagRow>> Flags(CancellationToken cancel) => database.Use(
        connection => connection.Rows("flags_all", row => new FlagRow(row.GetString(0), row.GetString(1), row.Instant(2), row.GetString(3)), cancel), cancel);

    private static RuleRecord RuleOf(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetFieldValue<string[]>(3), row.GetString(4), row.GetString(5), row.GetInt32(6),
        row.GetBoolean(7), row.GetBoolean(8), row.GetBoolean(9), row.GetString(10), row.GetBoolean(11));
}
