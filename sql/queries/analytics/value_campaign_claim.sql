-- Until the end of the transaction: whether this process is the one that counts a campaign now.
SELECT pg_try_advisory_xact_lock(5020260038, hashtext($1))
