-- Says once a kind, key and day that more came than is kept, with the number as it stands.
WITH known AS (
    UPDATE rejected_events SET message = $3
    WHERE id = (SELECT rejected_id FROM kept_summaries WHERE kind = $4 AND key_id = $5 AND day = $6)
    RETURNING 1
),
fresh AS (
    INSERT INTO rejected_events (received_at, code, message, body) SELECT $1, $2, $3, '' WHERE NOT EXISTS (SELECT FROM known)
    RETURNING id
)
INSERT INTO kept_summaries (kind, key_id, day, rejected_id) SELECT $4, $5, $6, id FROM fresh
ON CONFLICT DO NOTHING
