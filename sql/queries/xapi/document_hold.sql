-- Of several who change a document at once, one does it at a time.
SELECT pg_advisory_xact_lock(hashtextextended($1, 5020260041))
