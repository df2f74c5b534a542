-- All cards, newest first.
SELECT id, name, created_at, created_by, expires_at FROM cards ORDER BY created_at DESC, id
