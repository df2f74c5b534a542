-- Every reminder; with a grain's type and key, that grain's.
SELECT grain_type, grain_key, name, first_due, period_ms, etag
FROM grain_reminders
WHERE $1::text IS NULL OR (grain_type = $1 AND grain_key = $2)
