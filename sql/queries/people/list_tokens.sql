-- A page of keys, newest first, after a place; of sign-in links those that can be used and those whose session stands. Never a secret.
SELECT t.id, t.role, t.name, t.created_at, t.expires_at, t.one_time, t.revoked_at, t.used_at, t.created_by, t.last_used_at,
       t.subject IS NOT NULL
FROM tokens t
WHERE (NOT t.one_time OR (t.used_at IS NULL AND t.revoked_at IS NULL AND t.expires_at > now())
       OR EXISTS (SELECT FROM standing_sessions s WHERE s.token_id = t.id))
  AND ($1 IS NULL OR (t.created_at, t.id) < ($1, $2))
ORDER BY t.created_at DESC, t.id DESC
LIMIT $3;
