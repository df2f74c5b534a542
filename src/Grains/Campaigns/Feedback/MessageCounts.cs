using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Campaigns.Feedback;

/// <param name="Link">Of a click: a hash of the address.</param>
public readonly record struct SeenEvent(long ActionId, MessageEvent Event, bool Machine, DateTimeOffset At, long? Link = null);

/// <param name="Rule">The rule that took it for a machine's; null for a person's.</param>
/// <param name="Times">How often that was seen of this action by now, of people and of machines apart; 0 where nobody has it.</param>
public readonly record struct CountedHit(MachineRule? Rule, int Times);

/// <summary>Counts what became of messages: for reports, and so that of one message only so many activities are made.</summary>
public sealed class MessageCounts(PostgresDatabase database)
{
    /// <param name="known">The customer's log had them: they are counted where nothing of their kind was.</param>
    public Task Add(IReadOnlyList<SeenEvent> events, bool known, CancellationToken cancel = default) => events.Count == 0
        ? Task.CompletedTask : database.Ingest.Use(connection => Add(connection, events, known, cancel), cancel);

    /// <summary>One request for a pixel or a link: whether it was a machine's, and the how manieth of its kind.</summary>
    /// <param name="isTimed">Instants are those of a clock that runs: what happens within seconds can be told.</param>
    public Task<CountedHit> Judge(
        MessageAction action, MessageHit hit, DateTimeOffset at, long? link, bool isTimed, CancellationToken cancel = default)
    {
        hit = hit with { Channel = action.Channel, SinceSent = isTimed ? at - action.SentAt : null };
        return database.Strangers.Use(
            connection => hit.Event == MessageEvent.Clicked && isTimed ? JudgeClick(connection, action, hit, at, link, cancel)
                : Count(connection, action, hit, at, link, cancel), cancel);
    }

    private static async Task<CountedHit> JudgeClick(
        NpgsqlConnection connection, MessageAction action, MessageHit hit, DateTimeOffset at, long? link, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.Execute("message_events_gate", cancel, action.Id);
        var before = await connection.Rows(
            "message_click_before", row => (At: row.Instant(0), Link: row.GetInt64(1)), cancel, action.CustomerId, action.Id);
        if (before is [var last] && last.Link != link) hit = hit with { SinceOtherLink = at - last.At };
        var counted = await Count(connection, action, hit, at, link, cancel);
        if (counted.Rule is not null && hit.SinceOtherLink is { } since && since.Duration() < MachineTraffic.TooMany)
            await connection.Execute(
                "message_clicks_recounted", cancel, action.CustomerId, action.Id, at - MachineTraffic.TooMany);
        await transaction.CommitAsync(cancel);
        return counted;
    }

    private static async Task<CountedHit> Count(
        NpgsqlConnection connection, MessageAction action, MessageHit hit, DateTimeOffset at, long? link, CancellationToken cancel)
    {
        var rule = MachineTraffic.Judge(hit);
        var times = await Add(connection, [new SeenEvent(action.Id, hit.Event, rule is not null, at, link)], false, cancel);
        return new CountedHit(rule, times.SingleOrDefault());
    }

    private static Task<List<int>> Add(
        NpgsqlConnection connection, IReadOnlyList<SeenEvent> events, bool known, CancellationToken cancel) => connection.Rows(
        "message_events_add", row => row.GetInt32(3), cancel,
        events.Select(one => one.ActionId).ToArray(), events.Select(one => (short)one.Event).ToArray(),
        events.Select(one => one.Machine).ToArray(), Db.Instants(events.Select(one => one.At)),
        Longs(events.Select(one => one.Link)), known);

    private static NpgsqlParameter<long?[]> Longs(IEnumerable<long?> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, TypedValue = [.. values] };
}
