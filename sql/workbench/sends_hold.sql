-- Holds a silo at a step of a send, for as long as this session has the lock.
SELECT pg_advisory_lock($1, $2)
