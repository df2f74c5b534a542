-- Takes an advisory lock for the session, beside others who share it; waits no longer than the session's lock_timeout.
SELECT 1 FROM (SELECT pg_advisory_lock_shared($1)) held
