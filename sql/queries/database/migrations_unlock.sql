-- Lets the next process migrate.
SELECT pg_advisory_unlock(5020260001)
