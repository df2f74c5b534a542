-- One task, as tasks_page reads them, held until it is changed.
SELECT id, customer_id, action_id, assignee, task, detail, priority, created_at, due_at, completed_at, completed_by, note
FROM campaign_tasks
WHERE id = $1
FOR UPDATE
