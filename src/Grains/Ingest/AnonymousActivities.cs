using System.Text.Json;
using System.Text.Json.Serialization;
using LStep.Grains.Database;

namespace LStep.Grains.Ingest;

/// <summary>A kept event whose sender is known by now. Known: the customer's log has it already.</summary>
public sealed record PendingActivity(string AnonymousId, string CustomerId, Activity Activity, bool Known);

/// <summary>
/// Events of people not yet known, and the ties that make them known. Keeping an event and then looking for its tie, and
/// tying an id and then looking for its events, are two commits each: of two that race, at least one sees the other.
/// </summary>
public sealed class AnonymousActivities(PostgresDatabase database)
{
    public const int DaysKept = 30;

    /// <summary>Keeps each by its AnonymousId and MessageId; answers which were not there before.</summary>
    public Task<HashSet<(string AnonymousId, string MessageId)>> Keep(DateTimeOffset receivedAt, IReadOnlyList<Activity> activities) =>
        database.Use(async connection =>
        {
            var kept = await connection.Rows(
                "anonymous_keep",
                row => (row.GetString(0), row.GetString(1)),
                CancellationToken.None,
                receivedAt,
                activities.Select(a => a.AnonymousId!).ToArray(),
                activities.Select(a => a.MessageId).ToArray(),
                activities.Select(a => JsonSerializer.Serialize(a, StoredActivity.Default.Activity)).ToArray());
            return kept.ToHashSet();
        });

    /// <summary>The first tie of an id stands.</summary>
    public Task Tie(DateTimeOffset at, IReadOnlyCollection<(string AnonymousId, string CustomerId)> ties) =>
        database.Use(connection => connection.Execute(
            "anonymous_tie", CancellationToken.None, at, ties.Select(t => t.AnonymousId).ToArray(),
            ties.Select(t => t.CustomerId).ToArray()));

    /// <summary>Kept events of those of the ids that are tied, oldest first, one page of them.</summary>
    public Task<List<PendingActivity>> Pending(IReadOnlyCollection<string> anonymousIds) =>
        database.Use(connection => connection.Rows(
            "anonymous_pending",
            row => new PendingActivity(
                row.GetString(0), row.GetString(2), JsonSerializer.Deserialize(row.GetString(3), StoredActivity.Default.Activity)!,
                row.GetBoolean(4)),
            CancellationToken.None,
            anonymousIds.ToArray(),
            KeptLimits.RowsPerPageMax));

    /// <summary>Tied ids that still have events waiting, one page of them.</summary>
    public Task<List<string>> TiedIds(CancellationToken cancel) =>
        database.Use(
            connection => connection.Rows("anonymous_tied", row => row.GetString(0), cancel, KeptLimits.RowsPerPageMax), cancel);

    public Task Forget(IReadOnlyCollection<PendingActivity> forwarded) =>
        database.Use(connection => connection.Execute(
            "anonymous_forget",
            CancellationToken.None,
            forwarded.Select(p => p.AnonymousId).ToArray(),
            forwarded.Select(p => p.Activity.MessageId).ToArray()));

    public Task Purge(DateTimeOffset now, CancellationToken cancel) =>
        database.Use(connection => connection.Execute("anonymous_purge", cancel, now.AddDays(-DaysKept)), cancel);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Activity))]
internal sealed partial class StoredActivity : JsonSerializerContext;
