using LStep.Grains.Database;

namespace LStep.Grains.Ingest;

/// <param name="Body">The event as it came, without NUL and at most <see cref="KeptLimits.RejectedBodyCharsMax"/> long.</param>
public sealed record RejectedEvent(string Code, string Message, string? MessageId, string? CustomerId, string Body);

/// <summary>The list of refused events.</summary>
public sealed class RejectedEvents(PostgresDatabase database)
{
    public const int DaysKept = 90;

    /// <exception cref="StorageUnavailableException">Nothing was kept.</exception>
    public Task Keep(DateTimeOffset receivedAt, IReadOnlyList<RejectedEvent> events) =>
        database.Use(connection => connection.Execute(
            "rejected_insert",
            CancellationToken.None,
            receivedAt,
            Texts(events, e => e.Code),
            Texts(events, e => e.Message),
            Texts(events, e => e.MessageId),
            Texts(events, e => e.CustomerId),
            Texts(events, e => e.Body)));

    public Task Purge(DateTimeOffset now, CancellationToken cancel) =>
        database.Use(connection => connection.Execute("rejected_purge", cancel, now.AddDays(-DaysKept)), cancel);

    private static string?[] Texts(IReadOnlyList<RejectedEvent> events, Func<RejectedEvent, string?> column)
    {
        var texts = new string?[events.Count];
        for (var i = 0; i < texts.Length; i++) texts[i] = column(events[i]);
        return texts;
    }
}
