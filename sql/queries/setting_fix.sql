-- Sets a setting at the first start only, and answers what holds since.
WITH first AS (
    INSERT INTO settings (name, value) VALUES ($1, $2)
    ON CONFLICT (name) DO NOTHING
    RETURNING value
)
SELECT value FROM first
UNION ALL
SELECT value FROM settings WHERE name = $1
LIMIT 1
