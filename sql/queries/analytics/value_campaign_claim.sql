-- Until the end of the transaction: whether this process is the one that counts a campaign now.
SELECT pg_try_advisory_xact_lock(hashtextextended($1, 5020260038))
