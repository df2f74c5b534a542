using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Sending;

/// <summary>What became of actions that were given away, on its way into the table.</summary>
internal sealed class SettledRows
{
    private readonly Lock gate = new();
    private readonly List<(long Id, ActionStatus Status, string? Reason, DateTimeOffset? DueAt, DateTimeOffset? SentAt, string? ProviderId,
        short Untried, Channel Channel)> rows = [];

    public void Sent(ReadyAction one, SendOutcome.Sent sent) =>
        Add((one.Action.Id, ActionStatus.Sent, null, null, one.At, sent.ProviderId, 0, one.Action.Channel));

    public void Ended(ReadyAction one, ActionStatus status, string reason) => 
        Add((one.Action.Id, status, reason, null, null, null, 0, one.Action.Channel));

    /// <param name="untried">Nothing was tried: it counts as no try.</param>
    public void Again(ReadyAction one, DateTimeOffset at, string? reason, bool untried) =>
        Add((one.Action.Id, ActionStatus.Scheduled, reason, at, null, null, (short)(untried ? 1 : 0), one.Action.Channel));

    public async Task Write(NpgsqlConnection connection, string sender, CancellationToken cancel)
    {
        await connection.Execute(
            "campaign_actions_settled", cancel, rows.ConvertAll(row => row.Id), rows.ConvertAll(row => (short)row.Status),
            Db.Texts(rows.Select(row => row.Reason)), Db.Instants(rows.Select(row => row.DueAt)),
            Db.Instants(rows.Select(row => row.SentAt)), Db.Texts(rows.Select(row => row.ProviderId)),
            rows.ConvertAll(row => row.Untried), sender);
        foreach (var row in rows.Where(row => row.Untried == 0)) Telemetry.Tried(row.Channel.Name(), OutcomeOf(row.Status));
    }

    private static string OutcomeOf(ActionStatus status) => status switch
    {
        ActionStatus.Sent => "sent",
        ActionStatus.Uncertain => "uncertain",
        ActionStatus.Scheduled => "again",
        _ => "failed",
    };

    private void Add(
        (long Id, ActionStatus Status, string? Reason, DateTimeOffset? DueAt, DateTimeOffset? SentAt, string? ProviderId,
            short Untried, Channel Channel) row)
    {
        lock (gate) rows.Add(row);
    }
}
