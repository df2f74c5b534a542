-- How far the next portion of the log reaches, null for all that there is; up to where it will be followed for good then, which is before any transaction that
-- is still running; how far the next portion of the ledger reaches, and whether there may be more of it.
SELECT log.reach, LEAST(pg_snapshot_xmin(pg_current_snapshot()), log.reach), ledger.reach, ledger.is_full
FROM (SELECT (SELECT xid FROM activities WHERE xid >= $1 ORDER BY xid OFFSET $2 LIMIT 1) AS reach) AS log,
    (SELECT coalesce(max(id), $3) AS reach, count(*) >= $2 AS is_full
        FROM (SELECT id FROM customer_status_assignments WHERE id > $3 ORDER BY id LIMIT $2) AS portion) AS ledger
