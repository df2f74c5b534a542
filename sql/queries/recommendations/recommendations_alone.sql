-- Whether nobody else makes recommendations; until the end of the transaction.
SELECT pg_try_advisory_xact_lock(5020260037)
