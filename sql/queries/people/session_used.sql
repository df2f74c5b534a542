-- Marks a session as used: it goes idle a number of seconds from now.
UPDATE sessions SET used_at = now(), idle_at = now() + $2 * interval '1 second' WHERE hash = $1;
