-- Marks keys as used, once a minute however many silos they are used at; a row that somebody holds is marked another time.
UPDATE tokens SET last_used_at = now()
WHERE id IN (
    SELECT id
    FROM tokens
    WHERE id = ANY($1) AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
    ORDER BY id
    FOR NO KEY UPDATE SKIP LOCKED);
