using System.Text.Json;
using System.Text.Json.Serialization;
using LStep.Grains.Database;
using LStep.Grains.Privacy;

namespace LStep.Grains.Ingest;

/// <summary>A kept event whose sender is known by now. Known: the customer's log has it already.</summary>
public sealed record PendingActivity(string AnonymousId, string CustomerId, Activity Activity, bool Known, DateTimeOffset KeptAt);

/// <param name="New">Those that were not there before.</param>
/// <param name="NoRoom">Those that were not kept: their key has brought too much that day.</param>
/// <param name="Erased">Those that were not kept because they are of a person who was erased.</param>
public sealed record KeptActivities(
    HashSet<(string AnonymousId, string MessageId)> New, HashSet<(string AnonymousId, string MessageId)> NoRoom,
    HashSet<(string AnonymousId, string MessageId)> Erased);

/// <summary>
/// Events of people not yet known, and the ties that make them known. Keeping an event and then looking for its tie, and
/// tying an id and then looking for its events, are two commits each: of two that race, at least one sees the other.
/// All instants are of the product's clock, which may be simulated: a tie reaches the events of the 30 days before it, whenever
/// the others are purged.
/// </summary>
public sealed class AnonymousActivities(
    PostgresDatabase database, Tombstones tombstones, KeptBytesLimits? limits = null, Retention? retention = null)
{
    private readonly int hoursKept = (retention ?? new Retention()).AnonymousDays * 24;
    private readonly long bytesMax = (limits ?? new KeptBytesLimits()).AnonymousPerKeyAndDayMax;

    /// <summary>Keeps each by its AnonymousId and MessageId, as long as its key has room that day.</summary>
    /// <param name="keyId">The public handle of the key that brought them.</param>
    public Task<KeptActivities> Keep(DateTimeOffset receivedAt, IReadOnlyList<Activity> activities, string keyId = "") =>
        database.Ingest.Use(async connection =>
        {
            var answers = await Tombstones.Rows(
                connection,
                "anonymous_keep",
                row => (Id: (row.GetString(0), row.GetString(1)), Answer: row.GetString(2)),
                receivedAt,
                activities.Select(a => a.AnonymousId!).ToArray(),
                activities.Select(a => a.MessageId).ToArray(),
                activities.Select(a => JsonSerializer.Serialize(a, StoredActivity.Default.Activity)).ToArray(),
                keyId,
                KeptBytes.DayOf(receivedAt),
                bytesMax,
                hoursKept,
                await tombstones.Hashes(activities.Select(a => a.AnonymousId)));
            var found = answers.ToLookup(answer => answer.Answer, answer => answer.Id);
            var missed = found["no_room"].ToHashSet();
            if (missed.Count > 0)
                await new KeptBytes(KeptBytes.Anonymous, keyId, receivedAt).Missed(connection, missed.Count, bytesMax);
            return new KeptActivities([.. found["kept"]], missed, [.. found["erased"]]);
        });

    /// <summary>The first tie of an id stands; who was erased is tied to nothing.</summary>
    public Task Tie(DateTimeOffset at, IReadOnlyCollection<(string AnonymousId, string CustomerId)> ties) =>
        database.Ingest.Use(async connection => await Tombstones.Rows(
            connection, "anonymous_tie", _ => true, at, ties.Select(t => t.AnonymousId).ToArray(),
            ties.Select(t => t.CustomerId).ToArray(), await tombstones.Hashes(ties.Select(t => t.AnonymousId)),
            await tombstones.Hashes(ties.Select(t => t.CustomerId))));

    /// <summary>Kept events of those of the ids that are tied, oldest first, one page of them, behind one where it is given.</summary>
    public Task<List<PendingActivity>> Pending(IReadOnlyCollection<string> anonymousIds, PendingActivity? after = null) =>
        database.Ingest.Use(connection => connection.Rows(
            "anonymous_pending",
            row => new PendingActivity(
                row.GetString(0), row.GetString(2), JsonSerializer.Deserialize(row.GetString(3), StoredActivity.Default.Activity)!,
                row.GetBoolean(4), row.Instant(5)),
            CancellationToken.None,
            anonymousIds.ToArray(),
            hoursKept,
            Db.Instant(after?.KeptAt),
            Db.Text(after?.AnonymousId),
            Db.Text(after?.Activity.MessageId),
            KeptLimits.RowsPerPageMax));

    /// <summary>Tied ids that still have events waiting, ascending behind one, one page of them.</summary>
    public Task<List<string>> TiedIds(string after, CancellationToken cancel) =>
        database.Ingest.Use(
            connection => connection.Rows(
                "anonymous_tied", row => row.GetString(0), cancel, after, hoursKept, KeptLimits.RowsPerPageMax), cancel);

    public Task Forget(IReadOnlyCollection<PendingActivity> forwarded) =>
        database.Ingest.Use(connection => connection.Execute(
            "anonymous_forget",
            CancellationToken.None,
            forwarded.Select(p => p.AnonymousId).ToArray(),
            forwarded.Select(p => p.Activity.MessageId).ToArray()));

    public Task Purge(DateTimeOffset now, CancellationToken cancel) =>
        database.Ingest.Use(connection => connection.Execute("anonymous_purge", cancel, now.AddHours(-hoursKept), hoursKept), cancel);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Activity))]
internal sealed partial class StoredActivity : JsonSerializerContext;
