-- A setting as it was fixed at the first start; now is the first start when it is not there.
WITH fixed AS (
    INSERT INTO settings (name, value) VALUES ($1, $2)
    ON CONFLICT (name) DO NOTHING
    RETURNING value
)
SELECT value FROM fixed
UNION ALL
SELECT value FROM settings WHERE name = $1
LIMIT 1
