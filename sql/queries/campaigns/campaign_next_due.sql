-- Whether something waits to be planned, and when the next action is due.
SELECT EXISTS (SELECT FROM campaign_causes WHERE planned_at IS NULL), (SELECT min(due_at) FROM campaign_actions WHERE status IN (0, 1))
