-- Stores a reminder over any that was there.
INSERT INTO grain_reminders (grain_type, grain_key, name, first_due, period_ms, etag)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (grain_type, grain_key, name) DO UPDATE
SET first_due = excluded.first_due, period_ms = excluded.period_ms, etag = excluded.etag
