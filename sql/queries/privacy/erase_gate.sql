-- Waits for everybody who writes ids of people at this moment, and keeps others from it until the commit.
SELECT pg_advisory_xact_lock(5020260014)
