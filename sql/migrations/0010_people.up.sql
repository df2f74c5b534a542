-- A session has a handle by which it is listed and ended, and ends when nobody uses it. A link remembers the key it was made with and
-- ends with it. The audit log says why, and with which key.
-- What the version before opens gets the defaults; it does not move idle_at on, so its sessions last two hours while both versions run.
ALTER TABLE sessions
    ADD COLUMN id      uuid NOT NULL DEFAULT gen_random_uuid(),          -- public handle
    ADD COLUMN used_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN idle_at timestamptz NOT NULL DEFAULT now() + interval '2 hours';
CREATE INDEX sessions_by_token ON sessions (token_id, idle_at);
CREATE INDEX sessions_by_id ON sessions (id);

ALTER TABLE tokens ADD COLUMN made_with text;     -- tokens.id: the key that a sign-in link was made with

ALTER TABLE audit_log
    ADD COLUMN key_id text,                        -- tokens.id; null for the command line
    ADD COLUMN reason text;

-- Keys that let somebody in by themselves, and the sessions that do: the one place that says which.
CREATE VIEW standing_keys AS
SELECT id, hash, role, name, expires_at
FROM tokens
WHERE NOT one_time AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now());

-- A link's own expiry limits its exchange only.
CREATE VIEW standing_sessions AS
SELECT s.hash, s.id, s.token_id, t.role, t.name, s.created_at, s.used_at,
       CASE WHEN t.one_time THEN s.expires_at ELSE least(s.expires_at, t.expires_at) END AS expires_at
FROM sessions s
JOIN tokens t ON t.id = s.token_id
WHERE s.expires_at > now() AND s.idle_at > now() AND t.revoked_at IS NULL AND (t.one_time OR t.expires_at IS NULL OR t.expires_at > now())
  AND (t.made_with IS NULL OR EXISTS (SELECT FROM standing_keys k WHERE k.id = t.made_with));
