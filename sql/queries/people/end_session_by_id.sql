-- Ends one session of a key by its handle.
DELETE FROM sessions WHERE id = $1 AND token_id = $2;
