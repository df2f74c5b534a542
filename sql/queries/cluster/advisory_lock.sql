-- Takes an advisory lock for the session, alone; waits no longer than the session's lock_timeout.
SELECT 1 FROM (SELECT pg_advisory_lock($1)) held
