-- Keeps events of somebody not yet known; answers those that were not kept before. In order, so that two requests never wait for each other.
INSERT INTO anonymous_activities (anonymous_id, message_id, received_at, activity)
SELECT anonymous_id, message_id, $1, activity::jsonb FROM unnest($2::text[], $3::text[], $4::text[]) AS new (anonymous_id, message_id, activity)
ORDER BY anonymous_id, message_id
ON CONFLICT DO NOTHING
RETURNING anonymous_id, message_id;
