-- The admins' keys that let somebody in, held until the transaction ends: of two revocations at once the second sees what the first left.
SELECT id
FROM tokens
WHERE role = 'admin' AND NOT one_time AND subject IS NULL AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
ORDER BY id
FOR NO KEY UPDATE;
