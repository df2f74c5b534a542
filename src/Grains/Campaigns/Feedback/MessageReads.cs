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
    public async Task<MessageAction?> Action(long id, CancellationToken cancel = default) =>
        (await Actions([id], [], cancel)).SingleOrDefault();

    public Task<List<MessageAction>> Actions(long[] ids, Guid[] keys, CancellationToken cancel = default) =>
        database.Ingest.Use(connection => connection.Rows("message_actions", MessageAction.Read, cancel, ids, keys), cancel);

    /// <summary>Null where nobody has the action.</summary>
    public async Task<MessagePreferences?> Preferences(long actionId, CancellationToken cancel = default) =>
        (await database.People.Use(
            connection => connection.Rows("message_preferences", Read, cancel, actionId, Limits.CustomerRowBytesMax), cancel))
        .SingleOrDefault();

    private static MessagePreferences Read(NpgsqlDataReader row)
    {
        var on = ImmutableDictionary<MessageConsent, bool>.Empty.Add(MessageConsent.Email, row.GetBoolean(8))
            .Add(MessageConsent.Push, row.GetBoolean(9)).Add(MessageConsent.InApp, row.GetBoolean(10));
        return new MessagePreferences(
            MessageAction.Read(row), row.TextOrNull(7), on, StatePacking.UnpackStamps(row.GetFieldValue<byte[]>(11)));
    }
}
