-- Counts events of a key and day that found no room; answers how many there are by now.
WITH before AS (
    SELECT coalesce(sum(not_kept), 0)::bigint AS events FROM kept_bytes WHERE kind = $1 AND key_id = $2 AND day = $3
),
counted AS (
    INSERT INTO kept_bytes (kind, key_id, day, slot, not_kept) VALUES ($1, $2, $3, pg_backend_pid() % 16, $4)
    ON CONFLICT (kind, key_id, day, slot) DO UPDATE SET not_kept = kept_bytes.not_kept + excluded.not_kept
)
SELECT events + $4 FROM before
