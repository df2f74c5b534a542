-- Opens a session of a token for a number of seconds and sweeps away those that ran out.
WITH swept AS (DELETE FROM sessions WHERE expires_at <= now())
INSERT INTO sessions (hash, token_id, created_at, expires_at)
VALUES ($1, $2, now(), now() + $3 * interval '1 second')
RETURNING expires_at;
