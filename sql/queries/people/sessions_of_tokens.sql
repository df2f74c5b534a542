-- The sessions of some keys that stand, newest first; never a secret.
SELECT token_id, id, created_at, used_at, expires_at FROM standing_sessions WHERE token_id = ANY($1) ORDER BY created_at DESC, id;
