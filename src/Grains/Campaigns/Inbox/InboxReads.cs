using LStep.Grains.Database;

namespace LStep.Grains.Campaigns.Inbox;

/// <summary>A message that a customer finds within the platform.</summary>
/// <param name="ActionId">The action that it came by.</param>
public sealed record InboxMessage(
    long Id, long ActionId, DateTimeOffset At, string Title, string Body, string? Link, DateTimeOffset? ReadAt);

/// <summary>Inboxes, page by page.</summary>
public sealed class InboxReads(PostgresDatabase database)
{
    /// <summary>Newest first, below an id.</summary>
    public Task<List<InboxMessage>> Page(string customerId, long below, int rowsMax, CancellationToken cancel) => database.People.Use(
        connection => connection.Rows(
            "inbox_page",
            row => new InboxMessage(
                row.GetInt64(0), row.GetInt64(1), row.Instant(2), row.GetString(3), row.GetString(4), row.TextOrNull(5),
                row.InstantOrNull(6)),
            cancel, customerId, below, rowsMax), cancel);
}
