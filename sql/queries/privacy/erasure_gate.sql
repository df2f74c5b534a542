-- Held until the commit by whoever writes an id of a person outside of the customer's own row: an erasure waits for it before its last look.
SELECT pg_advisory_xact_lock_shared(5020260014)
