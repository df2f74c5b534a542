-- Tasks that wait, the most pressing first and those without a date last, after a place where one is given; of an assignee, a customer,
-- or all.
SELECT id, customer_id, action_id, assignee, task, detail, priority, created_at, due_at, completed_at, completed_by, note
FROM campaign_tasks
WHERE completed_at IS NULL
  AND ($2::bigint IS NULL OR (coalesce(due_at, 'infinity'), id) > (coalesce($1::timestamptz, 'infinity'), $2))
  AND ($3::text IS NULL OR assignee = $3) AND ($4::text IS NULL OR customer_id = $4)
ORDER BY due_at, id
LIMIT $5
