-- Somebody of the provider who was here before.
SELECT id, role, name, hash, revoked_at IS NOT NULL
FROM tokens
WHERE subject = $1;
