-- Whether daily rows follow the log to a transaction, whether they are being made, and the age in seconds of the first entry they lack.
SELECT
    through >= $1,
    EXISTS (SELECT FROM pg_locks
        WHERE relation = 'daily_metrics_progress'::regclass AND mode = 'RowShareLock' AND pid <> pg_backend_pid()),
    coalesce(extract(epoch FROM clock_timestamp()
        - (SELECT recorded_at FROM activities WHERE xid >= through ORDER BY xid LIMIT 1)), 0)::double precision
FROM daily_metrics_progress
