-- Until the end of the transaction: whether this process is the one that fits and projects now. It draws no transaction id, which others wait for.
SELECT pg_try_advisory_xact_lock(5020260038)
