-- Sets a flag.
INSERT INTO flags (name, value, changed_at, changed_by)
VALUES ($1, $2::jsonb, now(), $3)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by
RETURNING value::text, changed_at, changed_by;
