-- Counts bytes that a key's events of a kind want to be kept of a day; answers how many there were before.
WITH room AS (
    SELECT coalesce(sum(bytes), 0)::bigint AS taken FROM kept_bytes WHERE kind = $1 AND key_id = $2 AND day = $3
),
counted AS (
    INSERT INTO kept_bytes (kind, key_id, day, slot, bytes) VALUES ($1, $2, $3, pg_backend_pid() % 16, $4)
    ON CONFLICT (kind, key_id, day, slot) DO UPDATE SET bytes = kept_bytes.bytes + excluded.bytes
)
SELECT taken FROM room
