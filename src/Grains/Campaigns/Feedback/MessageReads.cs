using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Domain.Packing;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Feedback;

/// <summary>Looks up whose a message was. A customer who was erased has no actions any more.</summary>
public sealed class MessageReads(PostgresDatabase database)
{
    /// <summary>For whoever came by a link: no key was shown, so nothing of those who show one is taken.</summary>
    public async Task<MessageAction?> Action(long id, CancellationToken cancel = default) =>
        (await Actions(database.Strangers, [id], [], cancel)).SingleOrDefault();

    public Task<List<MessageAction>> Actions(long[] ids, Guid[] keys, CancellationToken cancel = default) =>
        Actions(database.Ingest, ids, keys, cancel);

    /// <summary>Null where nobody has the action. For whoever came by a link, as above.</summary>
    public async Task<MessagePreferences?> Preferences(long actionId, CancellationToken cancel = default) =>
        (await database.Strangers.Use(
            connection => connection.Rows("message_preferences", Read, cancel, actionId, Limits.CustomerRowBytesMax), cancel))
        .SingleOrDefault();

    private static Task<List<MessageAction>> Actions(QueryPool pool, long[] ids, Guid[] keys, CancellationToken cancel) =>
        pool.Use(connection => connection.Rows("message_actions", MessageAction.Read, cancel, ids, keys), cancel);

    private static MessagePreferences Read(NpgsqlDataReader row)
    {
        var on = ImmutableDictionary<MessageConsent, bool>.Empty.Add(MessageConsent.Email, row.GetBoolean(8))
            .Add(MessageConsent.Push, row.GetBoolean(9)).Add(MessageConsent.InApp, row.GetBoolean(10));
        return new MessagePreferences(
            MessageAction.Read(row), row.TextOrNull(7), on, StatePacking.UnpackStamps(row.GetFieldValue<byte[]>(11)));
    }
}
