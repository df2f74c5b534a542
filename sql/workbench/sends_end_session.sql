-- Ends a session, and what it had not committed.
SELECT pg_terminate_backend($1)
