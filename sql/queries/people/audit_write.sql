-- Writes down a change by a person, in the transaction that makes it.
INSERT INTO audit_log (at, who, key_id, what, target, before, after, reason)
VALUES (now(), $1, $2, $3, $4, $5::jsonb, $6::jsonb, $7);
