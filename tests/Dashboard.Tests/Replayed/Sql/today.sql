-- What somebody who begins the day has to know, as of an instant within the day @to.
, at_risk AS (SELECT s.ltv_value AS ltv, since >= @to::timestamp AT TIME ZONE 'UTC' AS is_new FROM present JOIN starts s USING (customer_id)
    WHERE tag IN ('ST_004', 'ST_005')),
actions AS (SELECT status FROM campaign_actions WHERE (cause_due_at AT TIME ZONE 'UTC')::date = @to)
SELECT 'value at risk', coalesce(sum(ltv), 0)::numeric FROM at_risk
UNION ALL SELECT 'customers at risk', count(*) FROM at_risk
UNION ALL SELECT 'value at risk since today', coalesce(sum(ltv) FILTER (WHERE is_new), 0) FROM at_risk
UNION ALL SELECT 'fell into risk', count(*) FILTER (WHERE is_new) FROM at_risk
UNION ALL SELECT 'open reviews', count(*) FROM reviews WHERE status = 'open'
UNION ALL SELECT 'late reviews', count(*) FROM reviews WHERE status = 'open' AND opened_at < @now - interval '1 day'
UNION ALL SELECT 'open tasks', count(*) FROM campaign_tasks WHERE completed_at IS NULL
UNION ALL SELECT 'late tasks', count(*) FROM campaign_tasks WHERE completed_at IS NULL AND due_at < @now
UNION ALL SELECT 'tasks due', count(*) FROM campaign_tasks
    WHERE completed_at IS NULL AND due_at >= @now AND due_at < (@to::date + 1)::timestamp AT TIME ZONE 'UTC'
UNION ALL SELECT 'moved', count(*) FROM moves WHERE day = @to
UNION ALL SELECT 'moved before', count(*) FROM moves WHERE day = @to::date - 1
UNION ALL SELECT 'automatic', count(*) FROM moves WHERE day = @to AND way = 'automatic'
UNION ALL SELECT 'by people', count(*) FROM moves WHERE day = @to AND way IN ('approved', 'override')
UNION ALL SELECT 'undone', count(*) FROM ledger WHERE day = @to AND way = 'undo'
UNION ALL SELECT 'reviews opened', count(*) FROM reviews WHERE (opened_at AT TIME ZONE 'UTC')::date = @to
UNION ALL SELECT 'sent', count(*) FROM actions WHERE status = 3
UNION ALL SELECT 'failed', count(*) FROM actions WHERE status = 4
UNION ALL SELECT 'suppressed', count(*) FROM actions WHERE status = 5
