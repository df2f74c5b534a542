-- What ids of erased people are hashed with, made at the first need; whoever comes later gets what was made.
WITH made AS (
    INSERT INTO settings (name, value) VALUES ('tombstone_key', $1)
    ON CONFLICT (name) DO NOTHING
    RETURNING value
)
SELECT value FROM made
UNION ALL
SELECT value FROM settings WHERE name = 'tombstone_key'
LIMIT 1
