-- How far the daily rows follow the log, locked; no row when another process is at it.
SELECT through FROM daily_metrics_progress FOR UPDATE SKIP LOCKED
