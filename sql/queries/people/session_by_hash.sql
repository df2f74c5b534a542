-- Who a session's cookie belongs to, as long as it and the key behind it stand, and whether it was not marked as used for a minute.
SELECT token_id, role, name, expires_at, id, used_at < now() - interval '1 minute'
FROM standing_sessions
WHERE hash = $1;
