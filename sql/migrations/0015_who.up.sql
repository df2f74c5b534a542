-- A key remembers who made it and when it was last used. Whoever signs in by an OpenID Connect provider has a row like a key's, known by
-- issuer and subject; its hash is of random bytes, so that no secret opens it. The version before lists such a row as a key and leaves
-- the columns empty, so that a subject that has to be unique asks nothing of it. The audit log is searched by person, target and date.
-- contract: newly asked: tokens. unique btree (subject) WHERE (subject IS NOT NULL)
ALTER TABLE tokens
    ADD COLUMN created_by   text,                 -- a person's name; null where the process made it of its settings
    ADD COLUMN last_used_at timestamptz,          -- to within a minute
    ADD COLUMN subject      bytea;                -- SHA-256 of issuer and subject at the provider
CREATE UNIQUE INDEX tokens_by_subject ON tokens (subject) WHERE subject IS NOT NULL;

CREATE INDEX audit_log_by_who ON audit_log (who, id);
CREATE INDEX audit_log_by_target ON audit_log (target, id);
CREATE INDEX audit_log_by_time ON audit_log (at, id);
