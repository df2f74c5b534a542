-- The figures of customers trail the log and the ledger from here on, and a pass over everybody makes up for what was before.
UPDATE customer_figures_progress
SET through = pg_snapshot_xmin(pg_current_snapshot()), ledger = (SELECT coalesce(max(id), 0) FROM customer_status_assignments),
    day = NULL, pass_day = NULL, cursor = '', server = $1
