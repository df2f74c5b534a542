using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Database;
using LStep.Grains.People;
using Npgsql;

namespace LStep.Grains.Campaigns.Actions;

/// <param name="Action">As it stands now; null where there is none.</param>
/// <param name="Done">False where it is past what was asked.</param>
public readonly record struct ActedOn(ActionRecord? Action, bool Done);

/// <summary>What people do with actions, with who did it in the same commit.</summary>
public sealed class ActionActs(PostgresDatabase database, TimeProvider clock)
{
    /// <summary>It is not sent. Only what is scheduled or held can be cancelled.</summary>
    /// <param name="note">Why, in the person's words.</param>
    public Task<ActedOn> Cancel(long id, string? note, Person by, CancellationToken cancel) => Act(
        id, action => action.Status is ActionStatus.Scheduled or ActionStatus.Held, "action.cancelled", note, by,
        connection => connection.Execute(
            "action_cancel", cancel, id, string.IsNullOrWhiteSpace(note) ? $"Cancelled by {by.Name}." : $"Cancelled by {by.Name}: {note}"),
        cancel);

    /// <summary>It is due again now, under the same key. Only for what failed, is uncertain, or had no channel to go by.</summary>
    public Task<ActedOn> Replay(long id, string? note, Person by, CancellationToken cancel) => Act(
        id, IsReplayable, "action.replayed", note, by, connection => connection.Execute("action_replay", cancel, id, clock.Now()), cancel);

    private static bool IsReplayable(ActionRecord action) =>
        action.Status is ActionStatus.Failed or ActionStatus.Uncertain
        || (action.Status == ActionStatus.Suppressed && ChannelSet.SaysNotSetUp(action.Channel, action.Reason));

    private Task<ActedOn> Act(
        long id, Func<ActionRecord, bool> may, string what, string? note, Person by, Func<NpgsqlConnection, Task> change,
        CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            var found = await connection.Rows("action_lock", ActionRecord.Read, cancel, id);
            if (found is not [var before] || !may(before)) return new ActedOn(found.FirstOrDefault(), false);
            await change(connection);
            var after = (await connection.Rows("action_by_id", ActionRecord.Read, cancel, id))[0];
            await connection.Write(new AuditEntry(by, what, id.ToString(), Said(before), Said(after), note), cancel);
            return new ActedOn(after, true);
        }, cancel);

    /// <summary>An erasure finds by the customer's id what was said of it.</summary>
    private static object Said(ActionRecord action) =>
        new { action.CustomerId, action.Campaign, action.Step, status = action.Status.ToString().ToLowerInvariant(), action.Reason };
}
