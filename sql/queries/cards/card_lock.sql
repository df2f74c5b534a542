-- Whoever makes a card waits here for whoever is making another.
SELECT pg_advisory_xact_lock(502026028)
