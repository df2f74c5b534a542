-- Held until the commit by whoever writes ids of people: an erasure by the version before, which knows no figures, waits for it.
SELECT pg_advisory_xact_lock_shared(5020260014)
