-- Remembers a run in place of the one before.
INSERT INTO recommendation_run (day, made_at, made_by, examined) VALUES ($1, $2, $3, $4::jsonb)
ON CONFLICT (singleton) DO UPDATE SET day = excluded.day, made_at = excluded.made_at, made_by = excluded.made_by, examined = excluded.examined
