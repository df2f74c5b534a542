namespace LStep.System.Tests.Campaigns;

/// <summary>Starts of personal_check_in by the thousand, written as their messages, moves and days would have been.</summary>
internal static class ManyStarts
{
    /// <param name="table">With the columns id, held_out, variant, at, recovers and converts.</param>
    public static async Task Insert(LStepHost host, string table) => await host.Sql($$"""
        INSERT INTO campaign_actions (customer_id, cause_kind, cause_number, campaign, step, send_key, variant, channel, kind, tag,
            scheduled_for, cause_due_at, cause_at, is_repeat, status, reason)
        SELECT id, 0, 1, 'personal_check_in', 1, gen_random_uuid(), variant, 0, 1, 'ST_004', at + interval '2 hours', at, at, false,
            CASE WHEN held_out THEN 5 ELSE 3 END, CASE WHEN held_out THEN 'holdout' END
        FROM {{table}};
        INSERT INTO customer_status_assignments (
            customer_id, number, tag, previous_tag, at, due_at, assigned_by, kind, reason, is_current)
        SELECT id, number, CASE number WHEN 1 THEN 'ST_004' ELSE 'ST_001' END, NULL, due, due, 'system', 1, 'r', false
        FROM {{table}}, LATERAL (VALUES (1, at), (2, at + interval '6 days')) AS v (number, due)
        WHERE number = 1 OR recovers;
        INSERT INTO daily_learning_metrics
        SELECT id, (at AT TIME ZONE 'UTC')::date + 7, 1, 1, 1, 1, 1, 0, NULL, 0, 0, 0, 0, 0, 1, 1, 1, 1, 'stable', '{}', 1, 0, 0
        FROM {{table}}
        WHERE converts
        """);
}
