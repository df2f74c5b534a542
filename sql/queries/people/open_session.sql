-- Opens a session of a token for a number of seconds, sweeps away those that ran out, and of too many of one token the longest unused.
WITH swept AS (DELETE FROM sessions WHERE expires_at <= now() OR idle_at <= now()),
crowded AS (DELETE FROM sessions WHERE hash IN (SELECT hash FROM sessions WHERE token_id = $2 ORDER BY used_at DESC, hash OFFSET $5 - 1))
INSERT INTO sessions (hash, token_id, created_at, expires_at, used_at, idle_at)
VALUES ($1, $2, now(), now() + $3 * interval '1 second', now(), now() + $4 * interval '1 second')
RETURNING expires_at, id;
