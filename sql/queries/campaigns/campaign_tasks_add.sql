-- Tasks for people, one for each action.
INSERT INTO campaign_tasks (customer_id, action_id, assignee, task, detail, priority, created_at, due_at)
SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[])
