-- Held until the commit, so that ledger ids ascend in commit order.
SELECT pg_advisory_xact_lock(5020260003)
