-- Keeps events of somebody not yet known while the key has room that day; answers those that were not kept before, or so long ago that nobody can be tied to them any more, those that found no room, and those of people who were erased. In order, so that two requests never wait for each other.
WITH room AS (
    SELECT coalesce(sum(bytes), 0) AS taken FROM kept_bytes WHERE kind = 'anonymous' AND key_id = $5 AND day = $6
),
sent AS (
    SELECT DISTINCT ON (anonymous_id, message_id) anonymous_id, message_id, activity, place,
        octet_length(anonymous_id) + octet_length(message_id) + octet_length(activity) AS bytes,
        EXISTS (SELECT FROM tombstones t WHERE t.hash = given.hash) AS erased
    FROM unnest($2::text[], $3::text[], $4::text[], $9::bytea[]) WITH ORDINALITY AS given (anonymous_id, message_id, activity, hash, place)
    ORDER BY anonymous_id, message_id, place
),
new AS (
    SELECT anonymous_id, message_id, activity, bytes, taken + sum(bytes) OVER (ORDER BY place) <= $7 AS fits FROM sent, room WHERE NOT erased
),
kept AS (
    INSERT INTO anonymous_activities AS stored (anonymous_id, message_id, received_at, activity)
    SELECT anonymous_id, message_id, $1::timestamptz, activity::jsonb FROM new WHERE fits
    ORDER BY anonymous_id, message_id
    ON CONFLICT (anonymous_id, message_id) DO UPDATE SET received_at = excluded.received_at, activity = excluded.activity
        WHERE stored.received_at < excluded.received_at - make_interval(hours => $8)
    RETURNING anonymous_id, message_id
),
counted AS (
    INSERT INTO kept_bytes (kind, key_id, day, slot, bytes)
    SELECT 'anonymous', $5, $6, pg_backend_pid() % 16, sum(bytes) FROM kept JOIN new USING (anonymous_id, message_id) HAVING count(*) > 0
    ON CONFLICT (kind, key_id, day, slot) DO UPDATE SET bytes = kept_bytes.bytes + excluded.bytes
)
SELECT anonymous_id, message_id, 'kept' FROM kept
UNION ALL
SELECT anonymous_id, message_id, 'no_room' FROM new WHERE NOT fits
UNION ALL
SELECT anonymous_id, message_id, 'erased' FROM sent WHERE erased
