-- Signs somebody of the provider out everywhere.
DELETE FROM sessions s USING tokens t WHERE t.id = s.token_id AND t.subject = $1 RETURNING s.id, t.id;
