-- Open tasks: all, somebody's own, those that were due before an instant, and those that become due before another.
SELECT count(*), count(*) FILTER (WHERE assignee = $1), count(*) FILTER (WHERE due_at < $2), count(*) FILTER (WHERE due_at >= $2 AND due_at < $3)
FROM campaign_tasks
WHERE completed_at IS NULL
