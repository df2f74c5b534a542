-- Lets every silo go on.
SELECT pg_advisory_unlock_all()
