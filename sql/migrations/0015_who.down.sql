DROP INDEX audit_log_by_time, audit_log_by_target, audit_log_by_who;
-- Without their subject nobody could sign in as them again: they end, and their sessions with them.
UPDATE tokens SET revoked_at = now() WHERE subject IS NOT NULL AND revoked_at IS NULL;
DROP INDEX tokens_by_subject;
ALTER TABLE tokens DROP COLUMN subject, DROP COLUMN last_used_at, DROP COLUMN created_by;
