-- The instant of the first start: no business day before it is made up for.
WITH first AS (
    INSERT INTO settings (name, value) VALUES ('installed_at', $1)
    ON CONFLICT (name) DO NOTHING
    RETURNING value
)
SELECT value FROM first
UNION ALL
SELECT value FROM settings WHERE name = 'installed_at'
LIMIT 1
