using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Sending;

/// <summary>What becomes of actions that were looked at, on its way into the table.</summary>
internal sealed class DecidedRows
{
    private readonly List<(
        long Id, ActionStatus Status, string? Reason, DateTimeOffset? DueAt, DateTimeOffset? SentAt, DateTimeOffset? Since)>
        rows = [];

    public void Sending(ClaimedAction action, DateTimeOffset at) => rows.Add((action.Id, ActionStatus.Sending, null, null, null, at));

    public void Sent(ClaimedAction action, DateTimeOffset at) => rows.Add((action.Id, ActionStatus.Sent, null, null, at, null));

    public void Held(ClaimedAction action, DateTimeOffset until, string reason) =>
        rows.Add((action.Id, ActionStatus.Held, reason, until, null, null));

    /// <summary>It has come to its end without having been sent.</summary>
    public void Ended(ClaimedAction action, ActionStatus status, string reason) => rows.Add((action.Id, status, reason, null, null, null));

    public Task Write(NpgsqlConnection connection, string sender, TimeSpan lease, CancellationToken cancel) =>
        rows.Count == 0 ? Task.CompletedTask : connection.Execute(
            "campaign_actions_decided", cancel, rows.ConvertAll(row => row.Id), rows.ConvertAll(row => (short)row.Status),
            Db.Texts(rows.Select(row => row.Reason)), Db.Instants(rows.Select(row => row.DueAt)),
            Db.Instants(rows.Select(row => row.SentAt)),
            sender, lease.TotalSeconds, Db.Instants(rows.Select(row => row.Since)));
}
