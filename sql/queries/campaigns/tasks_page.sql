-- Tasks, newest first, before an id where one is given; those that are done, or all; of an assignee, a customer, or all.
SELECT id, customer_id, action_id, assignee, task, detail, priority, created_at, due_at, completed_at, completed_by, note
FROM campaign_tasks
WHERE id < $1 AND (NOT $2 OR completed_at IS NOT NULL) AND ($3::text IS NULL OR assignee = $3) AND ($4::text IS NULL OR customer_id = $4)
ORDER BY id DESC
LIMIT $5
