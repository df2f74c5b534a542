-- Keeps a secret's hash; the same secret again keeps its first row, so that configured keys may be given at every start.
INSERT INTO tokens (id, hash, role, name, created_at, expires_at, one_time)
VALUES ($1, $2, $3, $4, now(), now() + $5 * interval '1 second', $6)
ON CONFLICT (hash) DO NOTHING;
