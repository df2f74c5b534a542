using LStep.Domain.Campaigning;

namespace LStep.Testing;

public sealed record SentMessage(long Id, Guid Key, string Customer, Channel Channel);

/// <summary>Messages that were sent, without anybody who sends them: the one place that knows what an action's row needs.</summary>
public static class SentMessages
{
    public static async Task<SentMessage> Sent(this LStepHost host, string customer, Channel channel, DateTimeOffset at)
    {
        await using var command = host.Database.Source.CreateCommand(
            "INSERT INTO campaign_actions (customer_id, cause_kind, cause_number, campaign, step, channel, kind, status, send_key, "
            + "sent_at, scheduled_for, cause_due_at, cause_at, is_repeat) "
            + "SELECT $1, 0, 1000 + count(*), 'welcome_active_learner', 1, $2, 1, 3, gen_random_uuid(), $3, $3, $3, $3, false "
            + "FROM campaign_actions WHERE customer_id = $1 RETURNING id, send_key");
        command.Parameters.Add(new() { Value = customer });
        command.Parameters.Add(new() { Value = (short)channel });
        command.Parameters.Add(new() { Value = at });
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return new SentMessage(row.GetInt64(0), row.GetGuid(1), customer, channel);
    }
}
