using System.Text;
using LStep.Grains.Database;
using LStep.Grains.Privacy;
using Npgsql;

namespace LStep.Grains.Ingest;

/// <param name="Body">The event as it came, without NUL and at most <see cref="KeptLimits.RejectedBodyCharsMax"/> long.</param>
/// <param name="AnonymousId">Not kept: it may tell that the event is of a person who was erased.</param>
public sealed record RejectedEvent(
    string Code, string Message, string? MessageId, string? CustomerId, string Body, string? AnonymousId = null);

/// <summary>The list of refused events: of one key and day only so many bytes of it.</summary>
public sealed class RejectedEvents(
    PostgresDatabase database, Tombstones tombstones, KeptBytesLimits? limits = null, Retention? retention = null)
{
    private readonly int daysKept = (retention ?? new Retention()).RejectedDays;

    /// <summary>What a row takes beside its texts.</summary>
    private const int RowBytes = 64;

    private readonly long bytesMax = (limits ?? new KeptBytesLimits()).RejectedPerKeyAndDayMax;

    /// <param name="keyId">The public handle of the key that brought them; empty for what no request brought.</param>
    /// <exception cref="StorageUnavailableException">Nothing was kept.</exception>
    public Task Keep(DateTimeOffset receivedAt, IReadOnlyList<RejectedEvent> events, string keyId = "") =>
        database.Ingest.Use(async connection =>
        {
            var whose = new KeptBytes(KeptBytes.Rejected, keyId, receivedAt);
            var taken = await whose.Add(connection, events.Sum(BytesOf));
            var kept = new List<RejectedEvent>(events.Count);
            foreach (var one in events)
                if ((taken += BytesOf(one)) <= bytesMax) kept.Add(one);
            if (kept.Count > 0) await Insert(connection, receivedAt, kept);
            if (kept.Count < events.Count) await whose.Missed(connection, events.Count - kept.Count, bytesMax);
        });

    private async Task Insert(NpgsqlConnection connection, DateTimeOffset receivedAt, IReadOnlyList<RejectedEvent> events) =>
        await Tombstones.Rows(
            connection,
            "rejected_insert",
            _ => true,
            receivedAt,
            Texts(events, e => e.Code),
            Texts(events, e => e.Message),
            Texts(events, e => e.MessageId),
            Texts(events, e => e.CustomerId),
            Texts(events, e => e.Body),
            await tombstones.Hashes(events.Select(e => e.CustomerId)),
            await tombstones.Hashes(events.Select(e => e.AnonymousId)),
            ErasedCustomerException.Code,
            ErasedCustomerException.Sentence);

    private static long BytesOf(RejectedEvent one) => RowBytes + Encoding.UTF8.GetByteCount(one.Message)
        + Encoding.UTF8.GetByteCount(one.Body) + Encoding.UTF8.GetByteCount(one.MessageId ?? "")
        + Encoding.UTF8.GetByteCount(one.CustomerId ?? "");

    public Task Purge(DateTimeOffset now, CancellationToken cancel) =>
        database.Ingest.Use(async connection =>
        {
            await connection.Execute("rejected_purge", cancel, now.AddDays(-daysKept));
            await KeptBytes.Purge(connection, now.AddDays(-daysKept), cancel);
        }, cancel);

    private static string?[] Texts(IReadOnlyList<RejectedEvent> events, Func<RejectedEvent, string?> column)
    {
        var texts = new string?[events.Count];
        for (var i = 0; i < texts.Length; i++) texts[i] = column(events[i]);
        return texts;
    }
}
