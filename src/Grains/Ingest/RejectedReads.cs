using LStep.Grains.Database;

namespace LStep.Grains.Ingest;

public sealed record RejectedRow(
    long Id, DateTimeOffset ReceivedAt, string Code, string Message, string? MessageId, string? CustomerId, string Body);

/// <summary>Rejected events, page by page.</summary>
public sealed class RejectedReads(PostgresDatabase database)
{
    /// <summary>Newest first, below an id where one is given.</summary>
    public Task<List<RejectedRow>> Rejected(long? below, int rowsMax, CancellationToken cancel) => database.People.Use(
        connection => connection.Rows(
            "rejected_page",
            row => new RejectedRow(
                row.GetInt64(0), row.Instant(1), row.GetString(2), row.GetString(3), row.TextOrNull(4), row.TextOrNull(5),
                row.GetString(6)),
            cancel, Db.Long(below), rowsMax), cancel);
}
