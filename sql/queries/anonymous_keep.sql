-- Keeps events of somebody not yet known; answers those that were not kept before.
INSERT INTO anonymous_activities (anonymous_id, message_id, received_at, activity)
SELECT anonymous_id, message_id, $1, activity::jsonb FROM unnest($2::text[], $3::text[], $4::text[]) AS new (anonymous_id, message_id, activity)
ON CONFLICT DO NOTHING
RETURNING anonymous_id, message_id;
