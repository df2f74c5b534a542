-- Where the next portion of the log ends: after so many entries, but before any transaction that is still running.
SELECT LEAST(
    pg_snapshot_xmin(pg_current_snapshot()),
    (SELECT xid FROM activities WHERE xid >= $1 ORDER BY xid OFFSET $2 LIMIT 1))
