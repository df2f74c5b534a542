-- Every key but for used or expired sign-in links, newest first; never a secret.
SELECT id, role, name, created_at, expires_at, one_time, revoked_at
FROM tokens
WHERE NOT (one_time AND (used_at IS NOT NULL OR expires_at <= now()))
ORDER BY created_at DESC, id;
