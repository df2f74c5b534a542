-- Takes an advisory lock for the session, alone, unless anybody has it.
SELECT pg_try_advisory_lock($1)
