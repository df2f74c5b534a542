-- Who a session's cookie belongs to, as long as the token behind it stands; a link's own expiry only limits its exchange.
SELECT t.id, t.role, t.name, s.expires_at
FROM sessions s
JOIN tokens t ON t.id = s.token_id
WHERE s.hash = $1 AND s.expires_at > now() AND t.revoked_at IS NULL AND (t.one_time OR t.expires_at IS NULL OR t.expires_at > now());
