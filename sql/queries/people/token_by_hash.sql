-- Who a secret belongs to, while it is valid; a sign-in link is nobody until it is exchanged for a session.
SELECT id, role, name
FROM tokens
WHERE hash = $1 AND NOT one_time AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now());
