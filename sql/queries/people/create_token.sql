-- Keeps a secret's hash; the same secret again keeps its first row, so that configured keys may be given at every start. Nothing is kept
-- that would have ended before it began at an instant of the caller's.
INSERT INTO tokens (id, hash, role, name, created_at, expires_at, one_time, made_with, created_by)
SELECT $1, $2, $3, $4, now(), coalesce($7, now() + $5 * interval '1 second'), $6, $8, $9
WHERE $7 IS NULL OR $7 > now()
ON CONFLICT (hash) DO NOTHING
RETURNING created_at, expires_at;
