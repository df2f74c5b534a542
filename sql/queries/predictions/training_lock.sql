-- Whether this session may train: of all processes one at a time, until its session ends.
SELECT pg_try_advisory_lock($1)
