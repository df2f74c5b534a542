-- Keeps events of somebody not yet known while the key has room that day; answers those that were not kept before, and those that found no room. In order, so that two requests never wait for each other.
WITH room AS (
    SELECT coalesce(sum(bytes), 0) AS taken FROM kept_bytes WHERE kind = 'anonymous' AND key_id = $5 AND day = $6
),
new AS (
    SELECT anonymous_id, message_id, activity, bytes, taken + sum(bytes) OVER (ORDER BY place) <= $7 AS fits
    FROM (
        SELECT *, octet_length(anonymous_id) + octet_length(message_id) + octet_length(activity) AS bytes
        FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS sent (anonymous_id, message_id, activity, place)
    ) AS measured, room
),
kept AS (
    INSERT INTO anonymous_activities (anonymous_id, message_id, received_at, activity)
    SELECT anonymous_id, message_id, $1, activity::jsonb FROM new WHERE fits
    ORDER BY anonymous_id, message_id
    ON CONFLICT DO NOTHING
    RETURNING anonymous_id, message_id
),
counted AS (
    INSERT INTO kept_bytes (kind, key_id, day, slot, bytes)
    SELECT 'anonymous', $5, $6, pg_backend_pid() % 16, sum(bytes) FROM kept JOIN new USING (anonymous_id, message_id) HAVING count(*) > 0
    ON CONFLICT (kind, key_id, day, slot) DO UPDATE SET bytes = kept_bytes.bytes + excluded.bytes
)
SELECT anonymous_id, message_id, true AS kept FROM kept
UNION ALL
SELECT anonymous_id, message_id, false FROM new WHERE NOT fits
