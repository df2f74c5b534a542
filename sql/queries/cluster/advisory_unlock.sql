-- Gives back an advisory lock that the session has alone.
SELECT pg_advisory_unlock($1)
