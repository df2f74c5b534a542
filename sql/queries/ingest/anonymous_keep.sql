-- Keeps events of somebody not yet known; answers those that were not kept before, or so long ago that nobody can be tied to them any more.
-- In order, so that two requests never wait for each other.
INSERT INTO anonymous_activities AS kept (anonymous_id, message_id, received_at, activity)
SELECT DISTINCT ON (anonymous_id, message_id) anonymous_id, message_id, $1::timestamptz, activity::jsonb
FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS new (anonymous_id, message_id, activity, place)
ORDER BY anonymous_id, message_id, place
ON CONFLICT (anonymous_id, message_id) DO UPDATE SET received_at = excluded.received_at, activity = excluded.activity
    WHERE kept.received_at < excluded.received_at - make_interval(hours => $5)
RETURNING anonymous_id, message_id;
