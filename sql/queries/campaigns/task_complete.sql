-- A task is done: when, by whom, and what they say.
UPDATE campaign_tasks SET completed_at = $2, completed_by = $3, note = $4 WHERE id = $1
