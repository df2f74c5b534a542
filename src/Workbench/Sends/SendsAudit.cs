using System.Collections.Immutable;
using LStep.Domain.Campaigning;
using LStep.Silo;
using LStep.Workbench.Auditing;
using LStep.Workbench.Faults;
using LStep.Workbench.Receivers;
using Npgsql;

namespace LStep.Workbench.Sends;

/// <summary>Compares what the receivers got with what the actions say. Every line should be 0.</summary>
public sealed class SendsAudit(string connectionString, ReceivedKeys received, bool keepsKeys)
{
    public const string NotReceived = "said to be sent, and no receiver has it", Denied = "received, and not said to have been given away",
        Unknown = "received, and no action has its key", Open = "due or being sent, and at no end",
        WithoutReason = "not sent, and no reason";

    private sealed record Action(Guid Key, Channel Channel, ActionStatus Status, string? Reason, bool Due)
    {
        public override string ToString() => $"{Key} {Channel.Name()} {Status} {Reason}";
    }

    public async Task<(ImmutableArray<AuditLine> Lines, ImmutableArray<EndedActions> Ended, int Recognised)> Run(CancellationToken cancel)
    {
        var actions = await Actions(cancel);
        var outside = actions.Where(action => action.Channel is not (Channel.InApp or Channel.Task)).ToList();
        var channels = actions.ToDictionary(action => action.Key, action => action.Channel);
        // Where keys are kept the receiver acts once, however often it is called.
        var (recognised, doubled) = (0, new List<(Guid Key, int Times)>());
        foreach (var repeated in received.Repeated)
            if (keepsKeys && channels.GetValueOrDefault(repeated.Key) is Channel.Webhook or Channel.Push) recognised += repeated.Times - 1;
            else doubled.Add(repeated);
        var ended = actions.GroupBy(action => (action.Status, action.Reason)).Select(group => new EndedActions(
            group.Key.Status, group.Key.Reason, group.Count(), group.Count(action => received.Has(action.Key))));
        return ([
            new AuditLine(OutsideReceivers.Doubled, doubled.Count, doubled.Count == 0 ? null
                : $"{doubled[0].Key} by {channels.GetValueOrDefault(doubled[0].Key).Name()}, {doubled[0].Times} times"),
            Line(NotReceived, outside.Where(action => action.Status == ActionStatus.Sent && !received.Has(action.Key))),
            Line(Denied, outside.Where(
                action => received.Has(action.Key)
                    && action.Status is not (ActionStatus.Sent or ActionStatus.Uncertain or ActionStatus.Sending))),
            new AuditLine(Unknown, received.Keys.Count(key => !channels.ContainsKey(key))),
            Line(Open, actions.Where(action => action.Due || action.Status == ActionStatus.Sending)),
            Line(WithoutReason, actions.Where(
                action => string.IsNullOrEmpty(action.Reason) && action.Status is not (
                    ActionStatus.Scheduled or ActionStatus.Sending or ActionStatus.Sent))),
        ], [.. ended.OrderBy(one => one.Status).ThenByDescending(one => one.Count)], recognised);
    }

    private static AuditLine Line(string what, IEnumerable<Action> found)
    {
        var all = found.ToList();
        return new AuditLine(what, all.Count, all.Count == 0 ? null : $"{all[0]}");
    }

    private async Task<List<Action>> Actions(CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(WorkbenchSql.Query("sends_actions"));
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = MachineClock.Instance.GetUtcNow() });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var actions = new List<Action>();
        while (await row.ReadAsync(cancel))
            actions.Add(new Action(
                row.GetGuid(0), (Channel)row.GetInt16(1), (ActionStatus)row.GetInt16(2), row.IsDBNull(3) ? null : row.GetString(3),
                row.GetBoolean(4)));
        return actions;
    }
}
