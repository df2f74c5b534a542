-- Somebody of the provider, held until the transaction ends; whoever comes for the first time gets a row with a hash that no secret has.
INSERT INTO tokens (id, hash, role, name, created_at, subject)
VALUES ($1, $2, $3, $4, now(), $5)
ON CONFLICT (subject) WHERE subject IS NOT NULL DO UPDATE SET subject = excluded.subject
RETURNING id, role, name, hash, revoked_at IS NOT NULL;
