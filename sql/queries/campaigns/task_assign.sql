-- Whose task it is.
UPDATE campaign_tasks SET assignee = $2 WHERE id = $1
