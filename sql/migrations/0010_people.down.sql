DROP VIEW standing_sessions, standing_keys;
ALTER TABLE audit_log DROP COLUMN reason, DROP COLUMN key_id;
ALTER TABLE tokens DROP COLUMN made_with;
DROP INDEX sessions_by_id, sessions_by_token;
ALTER TABLE sessions DROP COLUMN idle_at, DROP COLUMN used_at, DROP COLUMN id;
